/** Tells training stories with a real trainer process, through the services that the terminal uses. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRun } from '../../electron/services/runs/readRun';
import { childTrainer } from '../../electron/services/training/childTrainer';
import { resumeTraining, startTraining } from '../../electron/services/training/startTraining';
import type { Training, TrainingEvent } from '../../electron/services/training/training';
import type { Faults } from '../../electron/trainer/engines/fake/faults';
import type { Json } from '../../shared/messages/define';
import { buildOnce } from './buildOnce';

export interface ProcessSettings {
  engine?: string;
  faults?: Faults;
  submission?: number;
  settings?: { path: string; value: Json }[];
}

export interface ProcessStory {
  training: Training;
  /** Told so far; complete when `ended` has resolved. */
  events: TrainingEvent[];
  ended: Promise<TrainingEvent[]>;
  until: (wanted: (event: TrainingEvent) => boolean) => Promise<void>;
}

export async function startProcess(home: string, design: Json, settings: ProcessSettings = {}): Promise<ProcessStory> {
  const file = join(home, 'story.netloom');
  writeFileSync(file, JSON.stringify(design));
  const { engine = 'fake', submission, settings: changes = [] } = settings;
  const spawn = await spawnTrainer(settings.faults);
  return follow(await startTraining({ home, spawn, file, engine, settings: changes, submission }));
}

export async function resumeProcess(home: string, run: string, settings: ProcessSettings = {}): Promise<ProcessStory> {
  const spawn = await spawnTrainer(settings.faults);
  return follow(await resumeTraining({ home, spawn, run, submission: settings.submission, engine: settings.engine }));
}

export async function spawnTrainer(faults: Faults = {}): Promise<ReturnType<typeof childTrainer>> {
  return childTrainer(await buildOnce('trainer'), { environment: { NETLOOM_FAKE_FAULTS: JSON.stringify(faults) } });
}

/** The loss of every step, as the log tells it. */
export function lossesOf({ run, folder }: Pick<Training, 'run' | 'folder'>): Float32Array {
  return readRun(run, folder, { layers: false }).history?.scalars.column('loss')?.slice() ?? new Float32Array();
}

function follow(training: Training): ProcessStory {
  const events: TrainingEvent[] = [];
  const waiting: { wanted: (event: TrainingEvent) => boolean; resolve: () => void; reject: (error: Error) => void }[] =
    [];
  const read = async (): Promise<TrainingEvent[]> => {
    for await (const event of training.events) {
      events.push(event);
      for (const { wanted, resolve } of waiting) if (wanted(event)) resolve();
    }
    for (const { reject } of waiting) reject(new Error('the run ended before that'));
    return events;
  };
  const ended = read();
  return {
    training,
    events,
    ended,
    until: (wanted) =>
      events.some(wanted)
        ? Promise.resolve()
        : new Promise((resolve, reject) => waiting.push({ wanted, resolve, reject })),
  };
}
