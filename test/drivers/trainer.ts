/** Tells training stories without a window or a process: the trainer's own code, the fake engine, real files. */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { diskFiles, type FileSystem } from '../../electron/files/fileSystem';
import { openData } from '../../electron/services/data/openData';
import { prepareHere } from '../../electron/services/data/prepareHere';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { designOf } from '../../electron/services/designs/openDesign';
import type { Engine, Runner } from '../../electron/trainer/engines/engine';
import { createFakeEngine } from '../../electron/trainer/engines/fake/fakeEngine';
import type { Faults } from '../../electron/trainer/engines/fake/faults';
import { judgedProgram } from '../../electron/trainer/judgedProgram';
import { resumeRun } from '../../electron/trainer/resumeRun';
import type { RunSession } from '../../electron/trainer/runSession';
import { startRun } from '../../electron/trainer/startRun';
import type { TrainerDependencies } from '../../electron/trainer/trainerDependencies';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { Json } from '../../shared/messages/define';
import type { RunEvent } from '../../shared/training/events';
import { dataConfigSchema } from '../../shared/training/config';

export interface TrainerSettings {
  faults?: Faults;
  /** Steps in each submission. */
  submission?: number;
  files?: FileSystem;
  now?: () => number;
  /** In the place of the fake one. */
  engine?: Engine;
  /** Changes what the engine's runner does. */
  wrap?: (runner: Runner) => Runner;
}

/** A run as its story goes on. */
export interface Story {
  session: RunSession;
  events: RunEvent[];
  frames: MetricFrame[];
  /** Resolves when an event for which `wanted` holds has been told, past or future. */
  until: (wanted: (event: RunEvent) => boolean) => Promise<RunEvent>;
}

/** A runner of which some methods do something else. */
export function changedRunner(runner: Runner, changes: Partial<Runner>): Runner {
  return {
    scalarNames: runner.scalarNames,
    groups: runner.groups,
    submit: (...given) => runner.submit(...given),
    evaluate: (...given) => runner.evaluate(...given),
    peek: (...given) => runner.peek(...given),
    diagnose: (...given) => runner.diagnose(...given),
    gradients: (...given) => runner.gradients(...given),
    reconfigure: (...given) => runner.reconfigure(...given),
    snapshot: () => runner.snapshot(),
    load: (...given) => runner.load(...given),
    memory: () => runner.memory(),
    close: () => runner.close(),
    ...changes,
  };
}

export async function startStory(home: string, design: Json, settings: TrainerSettings = {}): Promise<Story> {
  const data = await dataOf(home, design);
  return story((watcher) =>
    startRun(
      {
        home,
        design,
        designFile: join(home, 'story.netloom'),
        engine: 'fake',
        data,
        options: { submission: settings.submission ?? null, thin: false },
      },
      watcher,
      dependencies(settings),
    ),
  );
}

export async function resumeStory(
  home: string,
  folder: string,
  design: Json,
  settings: TrainerSettings = {},
): Promise<Story> {
  const data = await dataOf(home, design);
  const options = { submission: settings.submission ?? null, thin: false };
  return story((watcher) => resumeRun({ folder, engine: null, data, options }, watcher, dependencies(settings)));
}

async function story(begin: (watcher: Parameters<typeof startRun>[1]) => Promise<RunSession>): Promise<Story> {
  const events: RunEvent[] = [];
  const frames: MetricFrame[] = [];
  const listeners = new Set<(event: RunEvent) => void>();
  const session = await begin({
    event(event) {
      events.push(event);
      for (const listener of [...listeners]) listener(event);
    },
    frame: (frame) => frames.push(frame),
  });
  return {
    session,
    events,
    frames,
    until: (wanted) =>
      new Promise((resolve) => {
        const past = events.find(wanted);
        if (past) return resolve(past);
        const listener = (event: RunEvent): void => {
          if (!wanted(event)) return;
          listeners.delete(listener);
          resolve(event);
        };
        listeners.add(listener);
      }),
  };
}

function dependencies(settings: TrainerSettings): TrainerDependencies {
  return {
    engineIds: ['fake'],
    loadEngine: () => Promise.resolve(wrapped(settings.engine ?? createFakeEngine(settings.faults ?? {}), settings)),
    compile: (design, data) => judgedProgram(compileDesign(designOf(design, 'the design'), data)),
    openData: (folder) => openData(folder),
    files: settings.files ?? diskFiles,
    now: settings.now ?? (() => performance.now()),
  };
}

function wrapped(engine: Engine, { wrap }: TrainerSettings): Engine {
  if (!wrap) return engine;
  return { ...engine, open: async (program, options) => wrap(await engine.open(program, options)) };
}

async function dataOf(home: string, design: Json): Promise<{ folder: string; hash: string }> {
  const config = dataConfigSchema.parse((design as { data: Json }).data);
  const places = { home, folder: home, assets: join(__dirname, '..', '..', 'assets'), mirror: null };
  const { folder, hash } = await prepareHere(config, places);
  return { folder, hash };
}
