/** Makes a new run: opens everything first, so that a run that cannot begin leaves no folder behind. */
import { basename } from 'node:path';
import type { ReceivedOf } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import { dataConfigSchema, trainingConfigSchema } from '../../shared/training/config';
import { withFileProblems } from '../files/fileProblem';
import type { FileSystem } from '../files/fileSystem';
import { checkpointsFolder, runFolder, runId } from '../services/runs/runFolder';
import { acquireLock, type RunLock } from '../services/runs/runLock';
import { engineOf, writeRunRecord, type RunRecord } from '../services/runs/runRecord';
import { ServiceProblem } from '../services/serviceProblem';
import { environment } from './environment';
import { initialPolicyState } from './loop/policyState';
import { openProgram, type OpenedProgram } from './openProgram';
import { beginSession, type RunSession } from './runSession';
import type { RunWatcher, TrainerDependencies } from './trainerDependencies';

type StartRequest = ReceivedOf<TrainerContract, 'start'>;

/** Throws `ServiceProblem` or `FileProblem` where the run cannot begin. */
export async function startRun(
  request: StartRequest,
  watcher: RunWatcher,
  dependencies: TrainerDependencies,
): Promise<RunSession> {
  const { design, data, engine, home, options } = request;
  const opened = await openProgram(
    { design, dataFolder: data.folder, dataHash: data.hash, engine, ratioEvery: 0 },
    dependencies,
  );
  try {
    if (opened.data.count('train') === 0) throw nothingToTrainOn(opened.data.prepared.source);
    const created = new Date();
    const place = makeRunFolder(dependencies.files, home, labelOf(request, opened.program.name), created);
    const record = recordOf(request, opened, place.id, created);
    writeRunRecord(dependencies.files, place.folder, record);
    const state = initialPolicyState(place.id);
    return beginSession({ ...opened, ...place, record, state, resumed: false, ...options }, watcher, dependencies);
  } catch (error) {
    await opened.runner.close();
    opened.data.close();
    throw error;
  }
}

function nothingToTrainOn(source: string): ServiceProblem {
  const message = `The training part of the data (${source}) is empty. Give it samples, for example by a smaller validation part.`;
  return new ServiceProblem('design-invalid', message);
}

function labelOf({ designFile }: StartRequest, name: string): string {
  return designFile === null ? name : basename(designFile).replace(/\.netloom$/, '');
}

interface RunPlace {
  id: string;
  folder: string;
  lock: RunLock;
}

/** The folder with its lock held: made by this process and by no other. */
function makeRunFolder(files: FileSystem, home: string, label: string, created: Date): RunPlace {
  for (;;) {
    const id = runId(created, label, Math.random());
    const folder = runFolder(home, id);
    if (files.facts(folder) !== undefined) continue;
    withFileProblems(folder, 'write', () => files.makeFolder(checkpointsFolder(folder)));
    return { id, folder, lock: acquireLock(files, folder, id) };
  }
}

function recordOf(request: StartRequest, { program, probe }: OpenedProgram, id: string, created: Date): RunRecord {
  const { training, data } = request.design as { training?: unknown; data?: unknown };
  return {
    version: 1,
    id,
    created: created.toISOString(),
    name: program.name,
    design: request.design,
    designFile: request.designFile,
    training: trainingConfigSchema.parse(training ?? {}),
    data: dataConfigSchema.parse(data),
    dataHash: request.data.hash,
    seed: program.training.seed,
    engine: engineOf(request.engine, probe),
    environment: environment(),
    ratioEvery: null,
    parameters: { trainable: program.totals.trainable, nonTrainable: program.totals.nonTrainable },
  };
}
