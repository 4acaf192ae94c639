/** From a design and a data folder to an engine's runner: what starting, resuming and predicting have in common. */
import type { CheckedProgram } from '../../shared/ir/program';
import type { Json } from '../../shared/messages/define';
import type { OpenedData } from '../services/data/openData';
import { ServiceProblem } from '../services/serviceProblem';
import { standardControls, type Engine, type Probe, type Runner } from './engines/engine';
import type { TrainerDependencies } from './trainerDependencies';

export interface OpenedProgram {
  data: OpenedData;
  program: CheckedProgram;
  runner: Runner;
  probe: Probe;
}

export interface ProgramRequest {
  design: Json;
  dataFolder: string;
  /** Refused where the folder holds other data; null: any. */
  dataHash: string | null;
  engine: string;
  ratioEvery: number;
}

/** Closes what it opened where it throws. */
export async function openProgram(request: ProgramRequest, dependencies: TrainerDependencies): Promise<OpenedProgram> {
  const data = dependencies.openData(request.dataFolder);
  try {
    if (request.dataHash !== null && data.hash !== request.dataHash) throw dataChanged(data);
    const program = dependencies.compile(request.design, data.info);
    const engine = await dependencies.loadEngine(request.engine);
    const probe = await availableProbe(engine);
    const runner = await engine.open(program, {
      data,
      controls: standardControls,
      ratioEvery: request.ratioEvery,
      telemetry: true,
    });
    return { data, program, runner, probe };
  } catch (error) {
    data.close();
    throw error;
  }
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
