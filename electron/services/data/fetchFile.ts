/** Fetches a file of a published set into the cache of downloads, once, from its addresses or a mirror. */
import { join } from 'node:path';
import { idxParams } from '../../../shared/datasets/idxImages';
import type { DataFile } from '../../../shared/ir/dataSetDefinition';
import { download, mirrored } from '../../files/download';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import { downloadsFolder } from '../../files/home';
import { digestsOf } from '../../files/partFile';
import { breathe, paramsOf } from './dataSource';
import type { SourceContext } from './dataSource';
import { withLock } from './withLock';

/** The path of the file, whole and with the published checksum. Throws `FileProblem`. */
export async function fetchFile(context: SourceContext, wanted: DataFile): Promise<string> {
  const { files, definition, places } = context;
  const folder = join(downloadsFolder(places.home), definition.type);
  const file = join(folder, wanted.name);
  withFileProblems(folder, 'write', () => files.makeFolder(folder));
  await withLock(context, `${file}.lock`, async () => {
    context.onProgress({ step: `checking ${wanted.name}`, done: 0, total: null });
    await breathe(context);
    if (!isRight(context, file, wanted)) await fetchFromAny(context, file, wanted);
  });
  return file;
}

function isRight({ files }: SourceContext, file: string, { bytes, md5, sha256 }: DataFile): boolean {
  const facts = withFileProblems(file, 'read', () => files.facts(file));
  if (!facts || (bytes !== null && facts.size !== bytes)) return false;
  const found = digestsOf(files, file);
  return (md5 ?? found.md5) === found.md5 && (sha256 ?? found.sha256) === found.sha256;
}

/** Tries one address after the other as long as they are not reached. */
async function fetchFromAny(context: SourceContext, file: string, wanted: DataFile): Promise<void> {
  const { files, signal, onProgress } = context;
  const step = `downloading ${wanted.name}`;
  const checksum = { ...(wanted.md5 && { md5: wanted.md5 }), ...(wanted.sha256 && { sha256: wanted.sha256 }) };
  const size = wanted.bytes ?? undefined;
  const addresses = addressesOf(context);
  // With another address to turn to, one that fails twice is left.
  const attempts = addresses.length > 1 ? 2 : undefined;
  const onBytes = (done: number, total: number | null): void => onProgress({ step, done, total });
  let last: unknown;
  for (const address of addresses) {
    try {
      const target = { address: mirrored(address, wanted.name), file, checksum, size };
      return await download(files, target, { signal, attempts, onProgress: onBytes });
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code !== 'unreachable') throw error;
      last = error;
    }
  }
  throw last;
}

/** The mirror of the design, else the general one (which has a folder for each set), else where it is published. */
function addressesOf(context: SourceContext): readonly string[] {
  const { definition, places } = context;
  const { mirror } = paramsOf(idxParams, context);
  if (mirror !== null) return [mirror];
  if (places.mirror !== null) return [mirrored(places.mirror, `${definition.type}/`)];
  return definition.addresses ?? [];
}
