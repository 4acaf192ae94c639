/** The one estimate of the bytes that an engine holds at its peak while it trains one batch. */
import type { Types } from '../ir/layerDefinition';
import type { FunctionInstance, Instance, LayerInstance, TrainingPlan } from '../ir/program';
import { sampleElements, type TensorType } from '../ir/tensorType';
import { countCost, countLayer } from './countCost';
import type { Memo } from './memo';

const bytesPerElement = 4;

/** Elements: what stays from the forward pass, the most that is alive while passing back, and gradients of weights. */
interface Part {
  saved: number;
  peak: number;
  gradients: number;
}

/**
 * Weights and optimizer slots, and the worse of two moments. Passing back through a layer: what it and the layers before
 * it saved, its own inputs' and outputs' gradients, its workspace, and gradients of the weights from there on.
 * Updating: all gradients, all new weights and slots. Micro-batches add the sum of gradients so far.
 */
export function estimateMemory(
  main: FunctionInstance,
  plan: Pick<TrainingPlan, 'batchSize' | 'accumulate' | 'optimizer'>,
  memo: Memo,
): number {
  const { trainable, nonTrainable } = countCost(main, memo);
  const { definition, params } = plan.optimizer;
  const copies = 1 + definition.slots(params).length;
  const { peak } = partOf(main, plan.batchSize, new Map());
  const passing = peak + (plan.accumulate > 1 ? trainable : 0);
  const updating = trainable * (1 + copies);
  return (trainable * copies + nonTrainable + Math.max(passing, updating)) * bytesPerElement;
}

/** What one layer adds: for naming the one that needs the largest part. */
export function layerMemory(layer: LayerInstance, batchSize: number): number {
  const { trainable, nonTrainable } = countLayer(layer);
  return (3 * trainable + nonTrainable + partOfLayer(layer, batchSize, false).peak) * bytesPerElement;
}

function partOf(one: FunctionInstance, batch: number, known: Map<FunctionInstance, Part>): Part {
  const before = known.get(one);
  if (before) return before;
  const droppable = findDroppable(one);
  let part: Part = { saved: 0, peak: 0, gradients: 0 };
  for (const node of one.nodes) {
    if (node.kind === 'layer') part = inSequence(part, partOfLayer(node, batch, droppable.has(node.id)));
    else for (const pass of node.iterations) part = inSequence(part, partOf(pass, batch, known));
  }
  known.set(one, part);
  return part;
}

function inSequence(before: Part, after: Part): Part {
  return {
    saved: before.saved + after.saved,
    // While the first part passes back, the gradients of the second's weights are there.
    peak: Math.max(before.saved + after.peak, before.peak + after.gradients),
    gradients: before.gradients + after.gradients,
  };
}

function partOfLayer(layer: LayerInstance, batch: number, dropped: boolean): Part {
  const { cost, inputTypes, outputTypes } = layer;
  const outputs = elementsOf(outputTypes);
  const saved = ((cost.saved ?? outputs) - (dropped ? outputs : 0)) * batch;
  const gradients = layer.weightsOf === null ? countLayer(layer).trainable : 0;
  const passing = (elementsOf(inputTypes) + outputs + (cost.workspace ?? 0)) * batch;
  return { saved, peak: saved + passing + gradients, gradients };
}

/** The layers whose outputs nobody keeps for the backward pass: neither they themselves nor any that reads them. */
function findDroppable(one: FunctionInstance): Set<string> {
  const read = new Set<string>();
  const kept = new Set(Object.values(one.outputs).map(({ node }) => node));
  for (const node of one.nodes) {
    const keeps = node.kind === 'call' || (node.cost.keepsInputs ?? true);
    for (const port in node.inputs) (keeps ? kept : read).add(node.inputs[port]?.node ?? '');
  }
  const droppable = (node: Instance): boolean =>
    node.kind === 'layer' && read.has(node.id) && !kept.has(node.id) && !(node.cost.keepsOutputs ?? false);
  return new Set(one.nodes.filter(droppable).map(({ id }) => id));
}

function elementsOf(types: Types): number {
  let sum = 0;
  for (const port in types) sum += sampleElements(types[port] as TensorType) ?? 0;
  return sum;
}
