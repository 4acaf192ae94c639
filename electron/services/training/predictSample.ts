/** `try`: what a trained network says about one sample, asked of a trainer process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFiles } from '../../files/fileSystem';
import type { HeadPrediction } from '../../../shared/ipc/trainer';
import { assetsFolder } from '../data/assetsFolder';
import { prepareHere } from '../data/prepareHere';
import { prepareSample } from '../data/prepareSample';
import { findRun } from '../runs/findRun';
import { readRunRecord } from '../runs/runRecord';
import { openTrainer, type SpawnTrainer } from './trainerHost';

export interface PredictOptions {
  home: string;
  spawn: SpawnTrainer;
  /** The run's id, or the beginning of it where that is unique. */
  run: string;
  /** An index into the run's test part, or a file of the user's that holds one sample. */
  sample: { index: number } | { file: string };
  /** Replaces the published addresses, where the data of the run is to be downloaded again. */
  mirror?: string | null;
}

/** `values` are what the head puts out: for a cross-entropy head probabilities of its classes, for a binary one of "yes". */
export interface Prediction {
  run: string;
  checkpoint: 'best' | 'last';
  heads: HeadPrediction[];
}

/** Throws `ServiceProblem` run-unknown, run-damaged, checkpoint-missing or sample-unknown, or `FileProblem`. */
export async function predictSample(options: PredictOptions): Promise<Prediction> {
  const { spawn, sample } = options;
  return withRunData(options, ({ id, folder, data: prepared }) => {
    const ask = async (data: { folder: string }, index: number): Promise<Prediction> => {
      const host = await openTrainer(spawn);
      try {
        return { run: id, ...(await host.request('predict', { folder, data, part: 'test', index })) };
      } finally {
        await host.close();
      }
    };
    if ('index' in sample) return ask({ folder: prepared }, sample.index);
    return withSampleFolder(async (into) => {
      await prepareSample(prepared, sample.file, into);
      return ask({ folder: into }, 0);
    });
  });
}

/** Finds a run and prepares its data where they are not; `data` is the prepared folder. */
export async function withRunData<Result>(
  { home, run, mirror = null }: Pick<PredictOptions, 'home' | 'run' | 'mirror'>,
  use: (found: { id: string; folder: string; data: string }) => Promise<Result>,
): Promise<Result> {
  const { id, folder } = findRun(home, run);
  const record = readRunRecord(diskFiles, folder);
  const places = { home, folder: dirname(record.designFile ?? folder), assets: assetsFolder(), mirror };
  const prepared = await prepareHere(record.data, places);
  return use({ id, folder, data: prepared.folder });
}

async function withSampleFolder<Result>(use: (into: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-sample-'));
  try {
    return await use(join(folder, 'sample'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
