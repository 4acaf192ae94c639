/** What the optimizer makes of one weight, on whatever carries out its operations. */
import type { Ops } from '../../../../shared/ir/layerDefinition';
import type { Resolved } from '../../../../shared/ir/program';
import type { OptimizerContext, OptimizerDefinition } from '../../../../shared/ir/trainingDefinitions';

export interface UpdateOptions {
  optimizer: Resolved<OptimizerDefinition>;
  /** Factor on every gradient, from clipping; 1: none. */
  scale: number;
  learningRate: number;
  updateIndex: number;
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
