/** What is wrong between the number of scores and the classes of a target, with what would mend it. */
import { classCount, scoreCount } from '../ir/targets';
import type { TensorType } from '../ir/tensorType';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { problem, type Problem } from '../messages';
import type { Repair } from '../messages/define';

/** For targets that are class indices: every class needs a score; spare scores are worth a warning. */
export function classesProblem(loss: string, output: TensorType, target: FieldInfo): Problem | null {
  const classes = classCount(target);
  const scores = scoreCount(output);
  const lowest = target.range?.[0] ?? 0;
  if (lowest < 0)
    return problem(
      'targetOutOfRange',
      { loss, field: target.name, expected: 'class indices from 0', lowest, highest: target.range![1] },
      { param: 'target' },
    );
  if (classes === null || classes === scores) return null;
  const args = { loss, field: target.name, classes, scores };
  const repairs = output.dims.length === 2 ? [denseRepair(classes)] : [];
  return problem(scores < classes ? 'scoresTooFew' : 'scoresSpare', args, { port: 'input', repairs });
}

/** A last layer with as many units as there are classes. */
export function denseRepair(units: number): Repair {
  return {
    title: `Insert a Dense of ${units} ${units === 1 ? 'unit' : 'units'} before the Output`,
    actions: [{ action: 'insertBefore', port: 'input', layer: 'Dense', params: { units } }],
  };
}

/** Another loss on the same Output. */
export function lossRepair(title: string, loss: string): Repair {
  return { title, actions: [{ action: 'setParam', param: 'loss', value: { type: loss } }] };
}
