/** Parts of train.py: the loss, the metrics, the optimizer and the schedule. */
import { brandName, call, code, list, text, type Hole } from '../../ir/emit/code';
import { flatten } from '../../ir/flatten';
import { stepShape } from '../../ir/emit/transform';
import type { Head } from '../../ir/program';
import { linesOf, type SourceLine } from '../sourceFile';
import { documentation, statement } from './statements';
import { prefixOf } from './trainingParts';
import type { Script } from './script';

/** Outputs, then targets, as parameters of a function. */
function parametersOf({ parts: { heads, targets } }: Script): Hole[] {
  return [...heads.map(({ output }) => output), ...targets.map(({ name }) => name)].map(
    (name) => code`${name}: Tensor`,
  );
}

function argumentsOf({ parts: { heads, targets } }: Script): Hole[] {
  return [...heads.map(({ output }) => output), ...targets.map(({ name }) => name)];
}

const ofWhole = (heads: readonly { head: Head }[]): string[] => heads.map(({ head }) => head.path);

export function lossLines(script: Script): SourceLine[] {
  const { heads } = script.parts;
  const weighted = heads.map(({ head, loss }): Hole =>
    head.weight === 1 ? loss.expression : code`${head.weight} * ${loss.expression}`,
  );
  return [
    ...statement(0, code`${call(code`def compute_loss`, parametersOf(script))} -> Tensor:`),
    ...documentation(['What training minimises, as the mean over a batch.']),
    ...(heads.length === 1
      ? statement(1, code`return ${weighted[0] ?? null}`, ofWhole(heads))
      : sumLines(heads, weighted)),
  ];
}

function sumLines(heads: readonly { head: Head }[], weighted: readonly Hole[]): SourceLine[] {
  const lines = weighted.flatMap((term, at) =>
    statement(1, sumStatement(term, at, weighted.length - 1), ofWhole(heads.slice(at, at + 1))),
  );
  return lines;
}

function sumStatement(term: Hole, at: number, last: number): Hole {
  if (at === last) return code`return loss + ${term}`;
  return at === 0 ? code`loss = ${term}` : code`loss = loss + ${term}`;
}

export function measureLines(script: Script): SourceLine[] {
  const { heads } = script.parts;
  const several = heads.length > 1;
  const entry = (key: string, value: Hole, path: string): SourceLine[] =>
    statement(2, code`${text(key)}: ${value},`, [path]);
  return [
    ...statement(0, code`${call(code`def measure`, parametersOf(script))} -> dict[str, Tensor]:`),
    ...documentation(['The loss and the metrics of a batch.']),
    ...linesOf(['    return {']),
    ...statement(2, code`"loss": ${call(code`compute_loss`, argumentsOf(script))},`),
    ...heads.flatMap(({ head, loss, metrics }) => [
      ...(several ? entry(`${prefixOf(script.program, head)}loss`, loss.expression, head.path) : []),
      ...metrics.flatMap(({ key, code: { expression } }) => entry(key, expression, head.path)),
    ]),
    ...linesOf(['    }']),
  ];
}

export function optimizerLines(script: Script): SourceLine[] {
  const { optimizer } = script.parts;
  const { decayed, others, ranksTell } = decayOf(script);
  const split = optimizer(null).decays && decayed.length > 0 && others.length > 0;
  const none = optimizer(null).decays && decayed.length === 0 && others.length > 0;
  const parameters = split || none ? code`groups` : code`model.parameters()`;
  return [
    ...linesOf(['def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:']),
    ...documentation([
      split
        ? 'The optimizer; biases and normalisation do not decay.'
        : 'The optimizer with the rate before its schedule.',
    ]),
    ...(split ? groupLines(others, ranksTell) : []),
    ...(none ? linesOf(['    groups = [{"params": model.parameters(), "weight_decay": 0.0}]']) : []),
    ...statement(1, code`return ${optimizer(parameters).expression}`),
  ];
}

function groupLines(others: readonly string[], ranksTell: boolean): SourceLine[] {
  const groups = linesOf(['    groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]']);
  if (ranksTell)
    return [
      ...linesOf([
        '    decayed = [weight for weight in model.parameters() if weight.dim() > 1]',
        '    others = [weight for weight in model.parameters() if weight.dim() <= 1]',
      ]),
      ...groups,
    ];
  return [
    ...statement(1, code`names = ${list(others.map(text))}`),
    ...linesOf([
      '    weights = dict(model.named_parameters())',
      '    decayed = [weight for name, weight in weights.items() if name not in names]',
      '    others = [weight for name, weight in weights.items() if name in names]',
    ]),
    ...groups,
  ];
}

/** Names of the trained weights that decay and of those that do not, and whether their numbers of axes tell them apart. */
function decayOf({ program, model }: Script): { decayed: string[]; others: string[]; ranksTell: boolean } {
  const layers = new Map(flatten(program).map(({ path, layer }) => [path, layer]));
  const trained = model.weights.flatMap(({ name, group, twin: { ours } }) => {
    const [first] = ours;
    const spec = first && layers.get(group)?.weights[first.name];
    if (!first || !spec?.trainable) return [];
    return [{ name, decayed: spec.decayed, rank: first.steps.reduce(stepShape, spec.shape).length }];
  });
  const namesOf = (decays: boolean): string[] =>
    trained.filter(({ decayed }) => decayed === decays).map(({ name }) => name);
  const ranksTell = trained.every(({ decayed, rank }) => decayed === rank > 1);
  return { decayed: namesOf(true), others: namesOf(false), ranksTell };
}

export function scheduleLines({ parts: { schedule } }: Script): SourceLine[] {
  const plateau = schedule.moves === 'monitor';
  const type = plateau ? 'ReduceLROnPlateau' : 'LRScheduler';
  const words: Record<typeof schedule.moves, string> = {
    never: 'A rate that stays.',
    update: 'Moves the learning rate after every update.',
    epoch: 'Moves the learning rate at the end of every epoch.',
    monitor: 'Lowers the learning rate where the monitored value stalls.',
  };
  const parameters = [code`optimizer: torch.optim.Optimizer`, code`updates_per_epoch: int`];
  const head = call(code`def make_schedule`, schedule.moves === 'update' ? parameters : parameters.slice(0, 1));
  const total = schedule.moves === 'update' ? linesOf(['    total_updates = EPOCHS * updates_per_epoch']) : [];
  return [
    ...statement(0, code`${head} -> lr_scheduler.${brandName(type)}:`),
    ...documentation([words[schedule.moves]]),
    ...total,
    ...statement(1, code`return ${schedule.expression}`),
  ];
}
