/** Answers `try`: one sample through a trained network, in evaluation mode, with the best weights there are. */
import type { ReceivedOf, ResponseOf } from '../../shared/ipc/define';
import type { HeadPrediction, TrainerContract } from '../../shared/ipc/trainer';
import type { Head } from '../../shared/ir/program';
import type { OpenedData } from '../services/data/openData';
import { checkpointFile } from '../services/runs/runFolder';
import { readRunRecord } from '../services/runs/runRecord';
import { ServiceProblem } from '../services/serviceProblem';
import { openProgram, type OpenedProgram } from './openProgram';
import { outputProbabilities } from './outputProbabilities';
import type { TrainerDependencies } from './trainerDependencies';

type PredictRequest = ReceivedOf<TrainerContract, 'predict'>;
type PredictResponse = ResponseOf<TrainerContract, 'predict'>;

export async function predict(request: PredictRequest, dependencies: TrainerDependencies): Promise<PredictResponse> {
  return withTrained(request, dependencies, async (opened, checkpoint) => {
    return { checkpoint, heads: await predictHeads(opened, request) };
  });
}

/** Opens a run's network with the best weights there are, and closes it afterwards. */
export async function withTrained<Result>(
  { folder, data }: Pick<PredictRequest, 'folder' | 'data'>,
  dependencies: TrainerDependencies,
  use: (opened: OpenedProgram, checkpoint: 'best' | 'last') => Promise<Result>,
): Promise<Result> {
  const { design, engine } = readRunRecord(dependencies.files, folder);
  const checkpoint = checkpointOf(folder, dependencies);
  const opened = await openProgram(
    { design, dataFolder: data.folder, dataHash: null, engine: engine.id, ratioEvery: 0 },
    dependencies,
  );
  try {
    await opened.runner.load(checkpointFile(folder, checkpoint), { partial: false });
    return await use(opened, checkpoint);
  } finally {
    await opened.runner.close();
    opened.data.close();
  }
}

function checkpointOf(folder: string, { files }: TrainerDependencies): 'best' | 'last' {
  const found = (['best', 'last'] as const).find((kind) => files.facts(checkpointFile(folder, kind)) !== undefined);
  if (found) return found;
  throw new ServiceProblem(
    'checkpoint-missing',
    `There is no checkpoint in ${folder}: the run ended before its first one was written. Train it first.`,
  );
}

async function predictHeads(
  { program, data, runner }: OpenedProgram,
  { part, index }: PredictRequest,
): Promise<HeadPrediction[]> {
  const count = data.count(part);
  if (index >= count) {
    const range = count === 0 ? 'it is empty' : `its samples are 0 to ${count - 1}`;
    throw new ServiceProblem('sample-unknown', `There is no sample ${index} in the ${part} part: ${range}.`);
  }
  const indices = Uint32Array.of(index);
  const paths = program.heads.map((head) => head.path);
  const peeked = await runner.peek(paths, indices, { part, mode: 'evaluate' });
  return Promise.all(
    program.heads.map(async (head) => {
      const output = peeked.find(({ path }) => path === head.path);
      if (!output) throw new Error(`the engine returned no output of ${head.path}`);
      const shape = output.shape.slice(1);
      const values = outputProbabilities(head, output.values, shape);
      const target = await targetOf(head, data, part, indices);
      const classes = head.target?.classes ? [...head.target.classes] : null;
      return { head: head.name, shape, values, classes, target };
    }),
  );
}

/** What the data say, where they say it: a sample of the user's may come without its answer. */
async function targetOf(
  head: Head,
  data: OpenedData,
  part: PredictRequest['part'],
  indices: Uint32Array,
): Promise<number[] | null> {
  if (!head.target || !data.holds(head.target.name)) return null;
  return [...(await data.read(head.target.name, part, indices))];
}
