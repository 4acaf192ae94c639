/** Proves exported folders: runs them beside the engine on the same samples and weights, and compares all there is. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '../../files/fileSystem';
import { readSafetensors } from '../../files/safetensors';
import { openTrainer, type SpawnTrainer, type TrainerHost } from '../training/trainerHost';
import type { Check } from './verifyChecks';
import { compare } from './verifyCompare';
import { writeJob, type Exporting, type JobExport } from './verifyJob';
import { askReference, type Reference, type Verification } from './verifyReference';
import type { RunnerReport, TargetRunner } from './verifyRunner';

export interface VerifyItem extends Exporting {
  verification: Verification;
}

export interface Verified {
  folder: string;
  ok: boolean;
  checks: readonly Check[];
  /** What kept it from being compared: an error of the exported code, or of the engine. */
  error: string | null;
  versions: Readonly<Record<string, string>>;
}

interface Prepared {
  item: VerifyItem;
  reference: Reference;
  job: JobExport;
}

/** All items are of one target, and run in one process of it. The order of the answers is that of the items. */
export async function verifyExports(
  items: readonly VerifyItem[],
  run: TargetRunner,
  { spawn, onReference }: { spawn: SpawnTrainer; onReference?: (done: number) => void },
): Promise<Verified[]> {
  const work = mkdtempSync(join(tmpdir(), 'netloom-verify-'));
  try {
    const prepared = await prepareAll(items, work, spawn, onReference);
    const jobs = prepared.flatMap((each) => ('job' in each ? [each.job] : []));
    const report = jobs.length > 0 ? await run(jobs, work) : { versions: {}, errors: [] };
    return prepared.map((each) => ('job' in each ? verdict(each, jobs.indexOf(each.job), report) : each));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function prepareAll(
  items: readonly VerifyItem[],
  work: string,
  spawn: SpawnTrainer,
  onReference?: (done: number) => void,
): Promise<(Prepared | Verified)[]> {
  const prepared: (Prepared | Verified)[] = [];
  const host = await openTrainer(spawn);
  try {
    for (const [at, item] of items.entries()) {
      const folder = join(work, String(at));
      mkdirSync(folder);
      prepared.push(await prepareOne(item, host, folder));
      onReference?.(at + 1);
    }
    return prepared;
  } finally {
    await host.close();
  }
}

async function prepareOne(item: VerifyItem, host: TrainerHost, folder: string): Promise<Prepared | Verified> {
  const reference = await askReference(host, item.verification, folder);
  return { item, reference, job: writeJob(item, item.verification, reference, folder) };
}

function verdict({ item, reference, job }: Prepared, at: number, { versions, errors }: RunnerReport): Verified {
  const { folder, verification } = item;
  const failed = errors[at];
  if (failed) {
    const place = failed.place === null ? '' : ` (${failed.place})`;
    return { folder, ok: false, checks: [], error: `${failed.message}${place}`, versions };
  }
  const [ours, theirs] = [job.ours, job.theirs].map((file) => readSafetensors(diskFiles, file).tensors);
  if (!ours || !theirs) throw new Error('nothing was written');
  const checks = compare({ exporting: item, verification, reference, job, ours, theirs });
  return { folder, ok: checks.every(({ ok }) => ok), checks, error: null, versions };
}
