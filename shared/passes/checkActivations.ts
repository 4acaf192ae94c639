/** Part of `checkTraining`: an activation before a loss that applies it itself. */
import type { Head } from '../ir/program';
import { problem } from '../messages';
import type { Json } from '../messages/define';
import type { InferredFunction } from './inferred';
import { findProducer } from './findProducer';
import { mainFunction } from './lowered';
import type { ReportAt } from './resolveHeads';

/** By loss: the activation that it applies when it is told that it gets logits. */
const ownActivations: Readonly<Record<string, string>> = { crossEntropy: 'Softmax', binaryCrossEntropy: 'Sigmoid' };

export function checkActivations(heads: readonly Head[], main: InferredFunction, report: ReportAt): void {
  for (const { path, loss } of heads) {
    const activation = ownActivations[loss.definition.type];
    if (activation === undefined || loss.params['from'] !== 'logits') continue;
    const found = findProducer(main, path);
    if (found?.layer.definition.type !== activation) continue;
    const value = { type: loss.definition.type, ...loss.params, from: 'probabilities' } as Record<string, Json>;
    const removal = {
      title: `Remove ${found.layer.name}`,
      actions: [{ action: 'removeNode' as const, node: found.layer.id }],
    };
    const repairs = [
      ...(found.function === mainFunction ? [removal] : []),
      {
        title: 'Say that the loss is from probabilities',
        actions: [{ action: 'setParam' as const, param: 'loss', value }],
      },
    ];
    const args = { activation, loss: loss.definition.title, node: found.layer.name };
    report(path, problem('activationBeforeLoss', args, { param: 'loss', repairs }));
  }
}
