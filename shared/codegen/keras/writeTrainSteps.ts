/** Parts of train.py: the optimizer and its schedule. */
import { code, type Call, type Hole, type Keywords } from '../../ir/emit/code';
import { documentation, statement } from '../pytorch/statements';
import { linesOf, type SourceLine } from '../sourceFile';
import type { Script } from './trainingParts';

/** What Keras' optimizers do themselves: clipping by the norm of all gradients, and adding up micro-batches. */
export function optimizerLines({ program: { training }, parts: { optimizer } }: Script): SourceLine[] {
  const made = withKeywords(optimizer.expression, {
    global_clipnorm: training.clipNorm === null ? undefined : code`CLIP_NORM`,
    gradient_accumulation_steps: training.accumulate > 1 ? code`ACCUMULATE` : undefined,
  });
  const head = [
    ...linesOf(['def make_optimizer(', '    model: keras.Model, learning_rate: Any = LEARNING_RATE']),
    ...linesOf([') -> keras.optimizers.Optimizer:']),
  ];
  if (!optimizer.decays)
    return [
      ...head,
      ...documentation(['Give what changes the weights; the rate may be a schedule.']),
      ...statement(1, code`return ${made}`),
    ];
  return [
    ...head,
    ...documentation(['Give what changes the weights; only kernels and tables decay.']),
    ...statement(1, code`optimizer = ${made}`),
    ...linesOf([
      '    weights = model.trainable_weights',
      '    decayed = ("kernel", "embeddings")',
      '    others = [weight for weight in weights if weight.name not in decayed]',
      '    optimizer.exclude_from_weight_decay(var_list=others)',
      '    return optimizer',
    ]),
  ];
}

function withKeywords(expression: Hole, keywords: Keywords): Hole {
  const given = Object.entries(keywords).filter((entry): entry is [string, Hole] => entry[1] !== undefined);
  const made = expression as Call;
  return { ...made, keywords: [...made.keywords, ...given] };
}

export function scheduleLines({ parts: { schedule } }: Script): SourceLine[] {
  const total = JSON.stringify(schedule.expression).includes('total_updates');
  return [
    ...linesOf(['def make_schedule(', '    updates_per_epoch: int,']),
    ...linesOf([') -> keras.optimizers.schedules.LearningRateSchedule:']),
    ...documentation(['Give the learning rate of every update.']),
    ...(total ? linesOf(['    total_updates = EPOCHS * updates_per_epoch']) : []),
    ...statement(1, code`return ${schedule.expression}`),
  ];
}
