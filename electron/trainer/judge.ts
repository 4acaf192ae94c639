/** Answers `judge`: every sample of a part through a trained network, kept as decided and true classes. */
import type { ReceivedOf, ResponseOf } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import type { Head } from '../../shared/ir/program';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../files/safetensors';
import type { OpenedData } from '../services/data/openData';
import { decidedClasses, trueClasses } from './decidedClasses';
import type { OpenedProgram } from './openProgram';
import { withTrained } from './predict';
import type { TrainerDependencies } from './trainerDependencies';

type JudgeRequest = ReceivedOf<TrainerContract, 'judge'>;

export async function judge(
  request: JudgeRequest,
  dependencies: TrainerDependencies,
): Promise<ResponseOf<TrainerContract, 'judge'>> {
  return withTrained(request, dependencies, async (opened, checkpoint) => {
    const { files } = dependencies;
    const outputs = `${request.to}.outputs`;
    try {
      const tensors = await decisionsOf(opened, request, outputs, dependencies);
      writeSafetensors(files, request.to, { metadata: { checkpoint }, tensors });
    } finally {
      files.remove(outputs);
    }
    return { checkpoint };
  });
}

async function decisionsOf(
  { program, data, runner }: OpenedProgram,
  { part }: JudgeRequest,
  outputs: string,
  { files }: TrainerDependencies,
): Promise<Map<string, StoredTensor>> {
  const indices = Uint32Array.from({ length: data.count(part) }, (_, index) => index);
  await runner.evaluate(indices, { part, full: false, predictionsTo: outputs }, { aborted: false });
  const stored = readSafetensors(files, outputs).tensors;
  const tensors = new Map<string, StoredTensor>();
  for (const head of program.heads.filter((one) => isJudged(one, data))) {
    const output = stored.get(head.name);
    if (!output) throw new Error(`the engine kept no output of ${head.name}`);
    const target = await data.read(head.target?.name ?? '', part, indices);
    const classes = output.shape[output.shape.length - 1] ?? 1;
    const values = output.data as Float32Array;
    const decided = decidedClasses(head, values, output.shape);
    const truth = trueClasses(head, target, values.length, classes);
    if (decided.length !== truth.length) continue;
    const shape = [indices.length, decided.length / Math.max(1, indices.length)];
    tensors.set(`decided/${head.name}`, { dtype: 'I32', shape, data: decided });
    tensors.set(`truth/${head.name}`, { dtype: 'I32', shape, data: truth });
  }
  return tensors;
}

/** Heads that have a confusion matrix. */
function isJudged({ metrics, target }: Head, data: OpenedData): boolean {
  return (
    target !== null &&
    data.holds(target.name) &&
    metrics.some(({ definition }) => definition.type === 'confusionMatrix')
  );
}
