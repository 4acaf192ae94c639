/** From a step's sums to the row of numbers that is reported, in the order of `stepScalarNames`. */
import type { Head } from '../../../../shared/ir/program';
import type { StepNumbers } from '../columnWriter';
import type { StepOutcome } from './step';

export function stepNumbers(heads: readonly Head[], learningRate: number, outcome: StepOutcome): StepNumbers {
  const { sums, samples } = outcome;
  const losses = heads.length > 1 ? sums.map(({ lossSum }) => lossSum / samples) : [];
  const metrics = heads.flatMap((head, at) =>
    head.metrics.flatMap(({ definition, params }, index) => {
      if (definition.evaluationOnly) return [];
      const statistics = sums[at]?.metrics[index] ?? new Float64Array(0);
      return [definition.finish(params, statistics).main];
    }),
  );
  return {
    scalars: [outcome.loss, ...losses, ...metrics, learningRate, outcome.gradientNorm],
    gradientNorms: outcome.gradientNorms,
    updateRatios: outcome.updateRatios,
  };
}
