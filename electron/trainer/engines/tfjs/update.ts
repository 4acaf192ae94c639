/** One optimizer update of every weight: all new values are made before any old one is replaced. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from './backend';
import { fusedUpdate } from './fusedUpdate';
import type { Parameter, Parameters } from './parameters';
import { jointUpdate } from './tensorflow/jointUpdate';
import { updateOne, type Learning, type Updated, type UpdateOptions } from './updateOf';

export interface NewValues extends Updated {
  parameter: Parameter;
}

/**
 * New weights and slots, nothing replaced yet; a weight without a gradient (null) stays as it is. `gradients` are in the
 * order of the trainable weights. Call within a scope: what `commitUpdate` does not keep is freed by it.
 */
export function proposeUpdate(
  core: TensorLibrary,
  parameters: Parameters,
  gradients: readonly (Tensor | null)[],
  options: UpdateOptions,
): NewValues[] {
  const learning = parameters.trainable.flatMap((parameter, at): Learning[] => {
    const gradient = gradients[at];
    return gradient ? [{ parameter, gradient }] : [];
  });
  const updated = updateAll(core, options, learning);
  return learning.map(({ parameter }, at) => ({ parameter, ...(updated[at] as Updated) }));
}

function updateAll(core: TensorLibrary, options: UpdateOptions, learning: readonly Learning[]): Updated[] {
  const { definition, params } = options.optimizer;
  const slots = definition.slots(params);
  if (core.getBackend() === 'tensorflow') return jointUpdate(core, slots, options, learning);
  if (core.getBackend() === 'wasm') return learning.map(fusedUpdate(core, slots, options));
  return learning.map((one) => updateOne(core, options, one));
}

/** `updates`: new statistics by weight key. */
export function commitUpdate(
  parameters: Parameters,
  proposed: readonly NewValues[],
  updates: ReadonlyMap<string, Tensor>,
): void {
  for (const { parameter, weight, slots } of proposed) {
    parameters.replaceWeight(parameter, weight);
    for (const [slot, tensor] of Object.entries(slots)) parameters.replaceSlot(parameter, slot, tensor);
  }
  for (const [key, tensor] of updates) {
    const parameter = parameters.byKey.get(key);
    if (parameter) parameters.replaceWeight(parameter, tensor);
  }
}

/**
 * Factor that brings the norm of all gradients together down to `clipNorm`, as PyTorch's `clip_grad_norm_` has it:
 * clipNorm / (norm + 1e-6), never above 1. A `clipNorm` of 0 means no clipping.
 */
export function clipFactor(norm: number, clipNorm: number): number {
  return clipNorm > 0 ? Math.min(1, clipNorm / (norm + 1e-6)) : 1;
}
