/** What the optimizer makes of one weight, on whatever carries out its operations. */
import type { Ops, Tensor } from '../../../../shared/ir/layerDefinition';
import type { Resolved } from '../../../../shared/ir/program';
import type { OptimizerContext, OptimizerDefinition } from '../../../../shared/ir/trainingDefinitions';
import type { TensorLibrary } from './backend';
import type { Parameter } from './parameters';

export interface UpdateOptions {
  optimizer: Resolved<OptimizerDefinition>;
  /** Factor on every gradient, from clipping; 1: none. */
  scale: number;
  learningRate: number;
  updateIndex: number;
}

/** A weight with what it learns from at this step. */
export interface Learning {
  parameter: Parameter;
  gradient: Tensor;
}

export type Updated = ReturnType<OptimizerDefinition['update']>;

export function updateOf(
  ops: Ops,
  { optimizer, scale, learningRate, updateIndex }: UpdateOptions,
  given: Pick<OptimizerContext, 'weight' | 'gradient' | 'slots' | 'decayed'>,
): Updated {
  const { definition, params } = optimizer;
  const gradient = scale === 1 ? given.gradient : ops.mul(given.gradient, scale);
  return definition.update(params, { ...given, ops, gradient, learningRate, updateIndex });
}

/** Operation by operation. */
export function updateOne(core: TensorLibrary, options: UpdateOptions, { parameter, gradient }: Learning): Updated {
  const { tensor: weight, slots, spec } = parameter;
  return core.tidy(() => updateOf(core, options, { weight, gradient, slots, decayed: spec.decayed }));
}
