/** From a design and a data folder to an engine's runner: what starting, resuming and predicting have in common. */
import type { CheckedProgram } from '../../shared/ir/program';
import type { Json } from '../../shared/messages/define';
import type { SampleReader } from '../files/sampleReader';
import type { OpenedData } from '../services/data/openData';
import { ServiceProblem } from '../services/serviceProblem';
import { standardControls, type Engine, type Probe, type Runner } from './engines/engine';
import type { TrainerDependencies } from './trainerDependencies';

export interface OpenedRunner {
  program: CheckedProgram;
  runner: Runner;
  probe: Probe;
}

export interface OpenedProgram extends OpenedRunner {
  data: OpenedData;
}

export interface ProgramRequest {
  design: Json;
  dataFolder: string;
  /** Refused where the folder holds other data; null: any. */
  dataHash: string | null;
  engine: string;
  ratioEvery: number;
}

interface RunnerRequest {
  program: CheckedProgram;
  data: SampleReader;
  engine: string;
  ratioEvery: number;
}

/** Closes what it opened where it throws. */
export async function openProgram(request: ProgramRequest, dependencies: TrainerDependencies): Promise<OpenedProgram> {
  const data = dependencies.openData(request.dataFolder);
  try {
    if (request.dataHash !== null && data.hash !== request.dataHash) throw dataChanged(data);
    const program = dependencies.compile(request.design, data.info);
    return { data, ...(await openRunner({ ...request, program, data }, dependencies)) };
  } catch (error) {
    data.close();
    throw error;
  }
}

export async function openRunner(
  { program, data, engine: id, ratioEvery }: RunnerRequest,
  dependencies: TrainerDependencies,
): Promise<OpenedRunner> {
  const engine = await dependencies.loadEngine(id);
  const probe = await availableProbe(engine);
  const runner = await engine.open(program, { data, controls: standardControls, ratioEvery, telemetry: true });
  return { program, runner, probe };
}

async function availableProbe(engine: Engine): Promise<Probe> {
  const probe = await engine.probe();
  if (probe.available) return probe;
  const remedy = probe.remedy === null ? '' : ` ${probe.remedy}`;
  throw new ServiceProblem(
    'engine-unavailable',
    `The engine "${engine.id}" does not work here: ${(probe.reason ?? 'it did not say why').replace(/\.$/, '')}.${remedy}`,
  );
}

function dataChanged({ prepared }: OpenedData): ServiceProblem {
  return new ServiceProblem(
    'data-changed',
    `The data of this run have changed: ${prepared.origin ?? prepared.source} holds other samples than when it began. ` +
      'Put the old data back, or start a new run.',
  );
}
