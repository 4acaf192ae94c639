/** The processes that work for the windows: the trainer, the one that prepares data, the ones that read and export. */
import { join } from 'node:path';
import type { SpawnPrepare } from '../services/data/prepareData';
import { createExporterHost, type ExporterHost } from '../services/exporter/exporterHost';
import { createReaderHost, type ReaderHost } from '../services/reader/readerHost';
import type { SpawnTrainer } from '../services/training/trainerHost';
import { resumeTraining } from '../services/training/startTraining';
import { createEngineDesk, type EngineDesk, type EngineDeskOptions } from './engineDesk';
import { createRestartPolicy } from './restartPolicy';
import { TrainingDesk, type TrainingDeskOptions } from './trainingDesk';
import { utilityPrepare, utilityProcessOf, type Forks } from './utilityTrainer';

export interface Workers {
  spawn: SpawnTrainer;
  prepare: SpawnPrepare;
  reader: ReaderHost;
  exporter: ExporterHost;
  training: TrainingDesk;
  engines: EngineDesk;
}

export interface WorkersOptions {
  forks: Forks;
  /** The folder of the bundles. */
  bundles: string;
  home: string;
  mirror: string | null;
  tell: TrainingDeskOptions['tell'] & { installation: EngineDeskOptions['tell'] };
}

export function createWorkers({ forks, bundles, home, mirror, tell }: WorkersOptions): Workers {
  const spawn = utilityProcessOf(forks, join(bundles, 'trainer.cjs'), 'Netloom trainer');
  const prepare = utilityPrepare(forks, join(bundles, 'prepare.cjs'));
  const reader = createReaderHost(utilityProcessOf(forks, join(bundles, 'reader.cjs'), 'Netloom reader'));
  const exporting = utilityProcessOf(forks, join(bundles, 'exporter.cjs'), 'Netloom exporter');
  const exporter = createExporterHost(exporting, spawn);
  const training = new TrainingDesk({
    resume: (run, signal) => resumeTraining({ home, mirror, spawn, prepare, run, signal, thin: true }),
    restarts: createRestartPolicy(Date.now),
    tell,
  });
  const engines = createEngineDesk({ home, spawn, tell: tell.installation });
  return { spawn, prepare, reader, exporter, training, engines };
}
