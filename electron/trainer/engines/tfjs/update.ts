/** One optimizer update of every weight: all new values are made before any old one is replaced. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { Resolved } from '../../../../shared/ir/program';
import type { OptimizerDefinition } from '../../../../shared/ir/trainingDefinitions';
import type { TensorLibrary } from './backend';
import type { Parameter, Parameters } from './parameters';

export interface NewValues {
  parameter: Parameter;
  weight: Tensor;
  slots: Record<string, Tensor>;
}

export interface UpdateOptions {
  optimizer: Resolved<OptimizerDefinition>;
  /** In the order of the trainable weights; null where there is none, and the weight stays as it is. */
  gradients: readonly (Tensor | null)[];
  /** Factor on every gradient, from clipping; 1: none. */
  scale: number;
  learningRate: number;
  updateIndex: number;
}

/** New weights and slots, nothing replaced yet. Call within a scope: what `commitUpdate` does not keep is freed by it. */
export function proposeUpdate(core: TensorLibrary, parameters: Parameters, options: UpdateOptions): NewValues[] {
  const { definition, params } = options.optimizer;
  return parameters.trainable.flatMap((parameter, at) => {
    const gradient = options.gradients[at];
    if (!gradient) return [];
    const { weight, slots } = core.tidy(() =>
      definition.update(params as never, {
        ops: core,
        weight: parameter.tensor,
        gradient: options.scale === 1 ? gradient : core.mul(gradient, options.scale),
        slots: parameter.slots,
        learningRate: options.learningRate,
        decayed: parameter.spec.decayed,
        updateIndex: options.updateIndex,
      }),
    );
    return [{ parameter, weight, slots }];
  });
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
