/** `train` and `resume` from outside: prepares the data, starts a trainer, and hands on what it tells. */
import { dirname, join, resolve } from 'node:path';
import { diskFiles } from '../../files/fileSystem';
import { assetsFolder } from '../data/assetsFolder';
import type { DataPlaces, DataProgress } from '../data/dataSource';
import { infoOf, readDescription } from '../data/openData';
import { prepareData, type SpawnPrepare } from '../data/prepareData';
import { prepareHere, type PreparedData } from '../data/prepareHere';
import type { Design } from '../../../shared/design/schema';
import type { Setting } from '../../../shared/design/settings';
import { applySettings } from '../designs/applySettings';
import { compileDesign } from '../designs/compileDesign';
import { designOf, openDesign } from '../designs/openDesign';
import { chooseEngine, type EngineChoice } from '../engines/chooseEngine';
import { findRun } from '../runs/findRun';
import { lockOwner } from '../runs/runLock';
import { readRunRecord } from '../runs/runRecord';
import { ServiceProblem } from '../serviceProblem';
import type { Json } from '../../../shared/messages/define';
import { autoEngine } from '../../../shared/training/autoEngine';
import type { DataConfig } from '../../../shared/training/config';
import { followRun } from './followRun';
import { openTrainer, type SpawnTrainer } from './trainerHost';
import type { Training } from './training';

export interface TrainOptions {
  home: string;
  spawn: SpawnTrainer;
  /** Prepares data in a process of its own; without it, in this one. */
  prepare?: SpawnPrepare;
  /** Replaces the published addresses of downloads. */
  mirror?: string | null;
  onData?: (progress: DataProgress) => void;
  /** Gives up the preparation of data, and the choice of an engine. */
  signal?: AbortSignal;
  /** With the engine `auto`: which one is being tried, and which one it became. */
  onTrial?: (engine: string) => void;
  onChoice?: (choice: EngineChoice) => void;
  /** Steps in each submission; only tests force it. */
  submission?: number;
  /** Epochs and checkpoints that come faster than anybody looks are left out. */
  thin?: boolean;
}

export interface StartOptions extends TrainOptions {
  file: string;
  settings: readonly Setting[];
  /** "wasm" unless the user says otherwise; "auto": the fastest. */
  engine: string;
}

export interface ResumeOptions extends TrainOptions {
  /** The run's id, or the beginning of it where that is unique. */
  run: string;
  /** Moves the run to another engine, or with "auto" to the fastest; without it the run stays where it was. */
  engine?: string;
}

/** A drawing as it is, in a file or not. */
export interface StartDesignOptions extends TrainOptions {
  design: Design;
  /** Null: it was never saved; relative paths of data then count from the home folder. */
  file: string | null;
  engine: string;
}

/**
 * Reads the design, applies the settings, compiles, prepares the data, starts. Throws `ServiceProblem` (design-invalid
 * with diagnostics, setting-invalid, engine-unknown, engine-unavailable) or `FileProblem`.
 */
export async function startTraining(options: StartOptions): Promise<Training> {
  const file = resolve(options.file);
  const design = applySettings(openDesign(file), options.settings);
  if (!design.data) {
    throw new ServiceProblem(
      'design-invalid',
      `${options.file} names no data to train on. Add "data": {"source": ...} to it, or say --set data.source=digits.`,
    );
  }
  // What is wrong with the design is said before anything is downloaded, with the file as the user called it.
  compileDesign(design, null, options.file);
  return startDesign({ ...options, design, file });
}

/** Compiles, prepares the data, starts. Throws as `startTraining` does. */
export async function startDesign(options: StartDesignOptions): Promise<Training> {
  const { design, file } = options;
  if (!design.data) {
    throw new ServiceProblem('design-invalid', 'The design names no data to train on. Choose its data first.');
  }
  compileDesign(design, null);
  const data = await prepare(design.data, file ?? join(options.home, 'unsaved'), options);
  // Now that the data are known: whether they fit, with repairs, which would not survive the way back from the trainer.
  compileDesign(design, infoOf(readDescription(data.folder)));
  const engine = await engineFor(design, data, options);
  const host = await openTrainer(options.spawn);
  return followRun(host, () =>
    host.request('start', {
      home: options.home,
      design: JSON.parse(JSON.stringify(design)) as Json,
      designFile: file,
      engine,
      data,
      options: { submission: options.submission ?? null, thin: options.thin ?? false },
    }),
  );
}

async function engineFor(
  design: Design,
  data: Pick<PreparedData, 'folder' | 'hash'>,
  { engine, home, spawn, signal, onTrial, onChoice }: TrainOptions & { engine: string },
): Promise<string> {
  if (engine !== autoEngine) return engine;
  const choice = await chooseEngine({ home, spawn, design, data, signal, onTrial });
  onChoice?.(choice);
  return choice.engine;
}

/** Goes on from the run's last checkpoint. Also throws run-unknown, run-busy, run-complete, data-changed, checkpoint-mismatch. */
export async function resumeTraining(options: ResumeOptions): Promise<Training> {
  const { id, folder } = findRun(options.home, options.run);
  const record = readRunRecord(diskFiles, folder);
  if (lockOwner(diskFiles, folder) !== null) {
    throw new ServiceProblem(
      'run-busy',
      `The run ${id} is being trained right now. Stop it first, or wait for its end.`,
    );
  }
  const data = await prepare(record.data, record.designFile ?? folder, options);
  const { engine } = options;
  const moved = engine && (await engineFor(designOf(record.design, record.name), data, { ...options, engine }));
  const host = await openTrainer(options.spawn);
  return followRun(host, () =>
    host.request('resume', {
      folder,
      engine: moved ?? null,
      data,
      options: { submission: options.submission ?? null, thin: options.thin ?? false },
    }),
  );
}

async function prepare(
  config: DataConfig,
  designFile: string,
  options: TrainOptions,
): Promise<Pick<PreparedData, 'folder' | 'hash'>> {
  const places: DataPlaces = {
    home: options.home,
    folder: dirname(designFile),
    assets: assetsFolder(),
    mirror: options.mirror ?? null,
  };
  const { onData: onProgress, signal, prepare: spawn } = options;
  const { folder, hash } = spawn
    ? await prepareData(config, places, { spawn, onProgress, signal })
    : await prepareHere(config, places, { onProgress, signal });
  return { folder, hash };
}
