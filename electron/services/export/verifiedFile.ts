/** `VERIFIED.json`: by what an exported folder was proved, how near it came, and where it was furthest away. */
import { join } from 'node:path';
import { atomicWrite } from '../../files/atomicWrite';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readManifest, verifiedFile } from './manifest';
import { enoughValues } from './spreadCheck';
import {
  gradientBound,
  lossBound,
  outputBound,
  spreadBound,
  statisticBound,
  updateBound,
  type Check,
  type Difference,
} from './verifyChecks';
import type { Verified } from './verifyExports';
import { batches, batchSize } from './verifySamples';

const bounds = {
  outputs: `|a - b| <= ${outputBound.absolute} + ${outputBound.relative} * max|b|`,
  loss: `|a - b| <= ${lossBound.absolute} + ${lossBound.relative} * |b|`,
  gradients:
    `||a - b|| / (||b|| + ${gradientBound.floor} * ||all gradients||) <= ${gradientBound.relative}, ` +
    `on at least ${batches - 1} of ${batches} batches`,
  update: `||a - b|| <= ${updateBound.relative} * ||step|| + ${updateBound.rounding} * ||weight||`,
  statistics: `|a - b| <= ${statisticBound.absolute} + ${statisticBound.relative} * max|b|`,
  firstValues: `spread within ${100 * spreadBound} %, and of fewer than ${enoughValues} values within what chance allows`,
};

/** Written only for a folder that passed; for another the file of before is removed. */
export function noteVerified(files: FileSystem, { folder, ok, checks, versions }: Verified): void {
  const file = join(folder, verifiedFile);
  if (!ok) return withFileProblems(file, 'remove', () => files.remove(file));
  const manifest = readManifest(files, folder);
  const document = {
    verified: true,
    design: manifest?.design ?? null,
    designHash: manifest?.designHash ?? null,
    target: manifest?.target ?? null,
    versions: { ...manifest?.versions, ...versions },
    samples: { batches, batchSize },
    bounds,
    worst: worstOf(checks),
    checks: checks.map(({ kind, compared, worst, notes }) => ({
      ...{ kind, compared, worst: worst && plain(worst) },
      ...(notes.length > 0 && { notes }),
    })),
    files: manifest?.files ?? {},
  };
  atomicWrite(files, file, [Buffer.from(`${JSON.stringify(document, null, 2)}\n`, 'utf8')]);
}

/** The one nearest to its bound. */
export function worstOf(checks: readonly Check[]): ReturnType<typeof plain> & { kind: string } {
  const all = checks.flatMap(({ kind, worst }) => (worst ? [{ kind, ...plain(worst) }] : []));
  return (
    all.sort((a, b) => b.ofAllowed - a.ofAllowed)[0] ?? {
      kind: 'names',
      ...plain({ ratio: 0, difference: 0, allowed: 1, node: null, tensor: null }),
    }
  );
}

function plain({ ratio, difference, allowed, node, tensor, batch }: Difference) {
  return { ofAllowed: ratio, difference, allowed, node, tensor, ...(batch !== undefined && { batch }) };
}
