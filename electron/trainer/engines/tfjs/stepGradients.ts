/** Forward and backward over the micro-batches of one step: gradients of the mean loss over all of its samples. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { Head } from '../../../../shared/ir/program';
import type { TensorLibrary } from './backend';
import { gradientsOf } from './gradientsOf';
import type { Batch } from './batches';
import { forward, type ForwardOptions, type Plan } from './executor';
import { addLosses, addMetrics, createHeadSums, sampleLosses, type HeadSums } from './lossSums';
import type { Parameters } from './parameters';

/** What a step works with and does not change. */
export interface StepContext {
  core: TensorLibrary;
  plan: Plan;
  heads: readonly Head[];
  parameters: Parameters;
  seed: number;
}

/** Tensors here are kept: `disposeGradients` frees them. A gradient is null where the loss does not depend on a weight. */
export interface StepGradients {
  samples: number;
  sums: HeadSums[];
  /** Of the data loss, in the order of `parameters.trainable`. */
  data: (Tensor | null)[];
  /** Of the penalties that layers asked for; null where none did. */
  penalties: (Tensor | null)[] | null;
  /** New statistics by weight key. */
  updates: Map<string, Tensor>;
}

export function computeGradients(context: StepContext, step: number, batches: readonly Batch[]): StepGradients {
  const { core, heads, parameters } = context;
  const none = (): (Tensor | null)[] => parameters.trainable.map(() => null);
  const found: StepGradients = {
    samples: batches.reduce((sum, batch) => sum + batch.samples, 0),
    sums: createHeadSums(heads),
    data: none(),
    penalties: null,
    updates: new Map(),
  };
  try {
    batches.forEach((batch, microBatch) => {
      const options: ForwardOptions = {
        mode: 'train',
        inputs: batch.inputs,
        draw: { seed: context.seed, step, microBatch },
        updates: found.updates,
      };
      core.tidy(() => {
        if (!addDataGradients(context, found, batch, options)) return;
        found.penalties ??= none();
        addPenaltyGradients(context, found.penalties, options, batch.samples / found.samples);
      });
    });
  } catch (error) {
    disposeGradients(found);
    throw error;
  }
  return found;
}

export function disposeGradients(gradients: StepGradients): void {
  freeTensors([...gradients.data, ...(gradients.penalties ?? []), ...gradients.updates.values()]);
}

/** Returns whether any layer asked for a penalty. */
function addDataGradients(context: StepContext, found: StepGradients, batch: Batch, options: ForwardOptions): boolean {
  const { core, plan, heads, parameters } = context;
  const outputs: Tensor[] = [];
  let penalised = false;
  const loss = (): Tensor => {
    const pass = forward(core, plan, parameters, options);
    penalised = pass.penalties.length > 0;
    const parts = heads.map((head, at) => {
      const output = pass.heads[at] as Tensor;
      outputs.push(core.keep(core.clone(output)));
      const losses = core.tidy(() => sampleLosses(core, head, output, batch.targets[at] as Tensor));
      addLosses(core, found.sums[at] as HeadSums, losses);
      return core.mul(core.sum(losses), head.weight / found.samples);
    });
    return parts.length === 1 ? (parts[0] as Tensor) : core.addN(parts);
  };
  try {
    addTo(core, found.data, loss, parameters);
    heads.forEach((head, at) => {
      const [output, target] = [outputs[at] as Tensor, batch.targets[at] as Tensor];
      core.tidy(() => addMetrics(core, head, found.sums[at] as HeadSums, output, target, false));
    });
  } finally {
    core.dispose(outputs);
  }
  return penalised;
}

/**
 * A second pass, so that the norms stay those of the data loss alone. It costs a forward pass in designs that have
 * penalties and nothing in others. The random streams give it the same numbers again.
 */
function addPenaltyGradients(
  context: StepContext,
  into: (Tensor | null)[],
  options: ForwardOptions,
  share: number,
): void {
  const { core, plan, parameters } = context;
  const penalty = (): Tensor => {
    const { penalties } = forward(core, plan, parameters, { ...options, updates: undefined });
    return core.mul(core.addN(penalties.map((one) => core.sum(one))), share);
  };
  addTo(core, into, penalty, parameters);
}

function addTo(core: TensorLibrary, into: (Tensor | null)[], loss: () => Tensor, parameters: Parameters): void {
  const weights = parameters.trainable.map(({ tensor }) => tensor);
  if (weights.length === 0) return void core.tidy(loss);
  const gradients = gradientsOf(core, loss, weights);
  const before = [...into];
  gradients.forEach((gradient, at) => {
    if (!gradient) return;
    const sum = before[at];
    into[at] = core.keep(sum ? core.add(sum, gradient) : gradient);
  });
  // Two weights may have one and the same gradient tensor, so nothing is freed before every sum is made.
  freeTensors(before.filter((tensor) => tensor !== null && !into.includes(tensor)));
}

function freeTensors(tensors: Iterable<Tensor | null>): void {
  for (const tensor of tensors) if (tensor && !tensor.isDisposed) tensor.dispose();
}
