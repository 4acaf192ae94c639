/** Refuses what no machine can hold, before anything is built: empty tensors, ones beyond 2^31 elements, training beyond 64 GiB. */
import { passPath } from '../ir/passPath';
import type { FunctionInstance, LayerInstance, TrainingPlan } from '../ir/program';
import { problem } from '../messages';
import { estimateMemory, layerMemory } from './estimateMemory';
import type { Finding } from './finding';
import type { InferredFunction } from './inferred';
import type { Memo } from './memo';
import { tensorProblem, waysToReduce } from './tensorProblem';

const mostBytes = 64 * 2 ** 30;

export interface CheckedSizes {
  findings: Finding[];
  /** Estimate for training one batch, bytes; null while the program is not whole. */
  memory: number | null;
}

/** `trained`: the program without what leads nowhere; null where it has errors. */
export function checkSizes(
  main: InferredFunction,
  trained: FunctionInstance | null,
  plan: TrainingPlan | null,
  memo: Memo,
): CheckedSizes {
  const batchSize = plan?.batchSize ?? 1;
  const findings: Finding[] = [];
  eachLayer(main, (layer, id, prefix) => {
    const wrong = tensorProblem(layer, batchSize);
    if (wrong) findings.push({ function: id, node: layer.id, path: prefix + layer.id, problem: wrong });
  });
  const memory = trained && plan ? estimateMemory(trained, plan, memo) : null;
  if (findings.length === 0 && trained && plan && memory !== null && memory > mostBytes) {
    const fitting = fittingBatch(plan, (smaller) => estimateMemory(trained, smaller, memo));
    findings.push(...largestPart(main, memory, batchSize, fitting));
  }
  return { findings, memory };
}

type Visit = (layer: LayerInstance, id: string, prefix: string) => void;

/** Every layer of every distinct instance, at the first place where it is met. */
function eachLayer(main: InferredFunction, visit: Visit): void {
  const visited = new Set<InferredFunction>();
  const walk = (one: InferredFunction, prefix: string): void => {
    if (visited.has(one)) return;
    visited.add(one);
    for (const { bound, instance, iterations } of one.nodes) {
      if (instance?.kind === 'layer') visit(instance, one.bound.function.id, prefix);
      if (bound.kind === 'layer') continue;
      iterations.forEach((pass, index) => walk(pass, passPath(prefix + bound.node.id, bound.repeated, index)));
    }
  };
  walk(main, '');
}

/** Half of the batch, a quarter, ...: the first that fits; null where none does. */
function fittingBatch(plan: TrainingPlan, memoryOf: (plan: TrainingPlan) => number): number | null {
  for (let batchSize = plan.batchSize >> 1; batchSize >= 1; batchSize >>= 1)
    if (memoryOf({ ...plan, batchSize }) <= mostBytes) return batchSize;
  return null;
}

/** Names the layer that needs most. `fitting`: a batch size that would do; null where none does. */
function largestPart(main: InferredFunction, memory: number, batchSize: number, fitting: number | null): Finding[] {
  let most = -1;
  let found: (Omit<Finding, 'problem'> & { layer: LayerInstance }) | null = null;
  eachLayer(main, (layer, id, prefix) => {
    const share = layerMemory(layer, batchSize);
    if (share > most) found = { function: id, node: layer.id, path: prefix + layer.id, layer };
    most = Math.max(most, share);
  });
  if (!found) return [];
  const { layer, ...place } = found as Omit<Finding, 'problem'> & { layer: LayerInstance };
  const { param, reduce, repairs } = waysToReduce(layer, fitting);
  const args = { needed: gibibytes(memory), most: gibibytes(mostBytes), batchSize, reduce };
  return [{ ...place, problem: problem('memoryTooLarge', args, { param, repairs }) }];
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
