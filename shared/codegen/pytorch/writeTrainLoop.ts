/** Parts of train.py: one epoch, and the run from seeds to the test part. */
import { brandName, call, code, text, type Hole } from '../../ir/emit/code';
import { linesOf, type SourceLine } from '../sourceFile';
import { commas, documentation, statement } from './statements';
import type { Script } from './script';
import { fieldsOf, judgedLines } from './writeTrainData';

/** One pass over the training part. */
export function epochLines(script: Script): SourceLine[] {
  const { accumulate, clipNorm } = script.program.training;
  const steps = script.parts.schedule.moves === 'update';
  const parameters: Hole[] = [
    code`model: nn.Module`,
    code`optimizer: torch.optim.Optimizer`,
    ...(steps ? [code`schedule: lr_scheduler.LRScheduler`] : []),
    code`data: Data`,
  ];
  const clip = clipNorm === null ? [] : ['nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)'];
  const apply = [...clip, 'optimizer.step()', ...(steps ? ['schedule.step()'] : [])];
  return [
    ...statement(0, code`${call(code`def train_epoch`, parameters)} -> float:`),
    ...documentation(['One pass over all samples in a new order; gives the mean loss.']),
    ...linesOf(['    model.train()', '    count = len(data[0])', '    total = 0.0']),
    ...(accumulate === 1 ? batchLoop(script, apply) : accumulatingLoop(script, apply)),
    ...linesOf(['    return total / count']),
  ];
}

function batchLoop(script: Script, apply: readonly string[]): SourceLine[] {
  return [
    ...loopHead(script, 1, code`torch.randperm(count)`),
    ...linesOf(['        optimizer.zero_grad()']),
    ...judgedLines(script, 2, 'loss', 'compute_loss'),
    ...linesOf(['        loss.backward()', ...apply.map((line) => `        ${line}`)]),
    ...totalLine(script, 2),
  ];
}

/** Gradients of several batches add up to that of their mean. */
function accumulatingLoop(script: Script, apply: readonly string[]): SourceLine[] {
  return [
    ...linesOf([
      '    for update in torch.randperm(count).split(ACCUMULATE * BATCH_SIZE):',
      '        optimizer.zero_grad()',
    ]),
    ...loopHead(script, 2, code`update`),
    ...judgedLines(script, 3, 'loss', 'compute_loss'),
    ...statement(3, code`(loss * len(${firstOf(script)}) / len(update)).backward()`),
    ...totalLine(script, 3),
    ...linesOf(apply.map((line) => `        ${line}`)),
  ];
}

function loopHead(script: Script, depth: number, order: Hole): SourceLine[] {
  const names = commas(fieldsOf(script).map(({ name }) => name));
  return statement(depth, code`for ${names} in ${call(code`batches`, [code`data`, order])}:`);
}

function totalLine(script: Script, depth: number): SourceLine[] {
  return statement(depth, code`total += loss.item() * len(${firstOf(script)})`);
}

function firstOf(script: Script): Hole {
  return fieldsOf(script)[0]?.name ?? null;
}

export function mainLines(script: Script): SourceLine[] {
  const { training } = script.program;
  const { moves } = script.parts.schedule;
  const perUpdate = moves === 'update';
  const updates = training.accumulate > 1 ? '(ACCUMULATE * BATCH_SIZE)' : 'BATCH_SIZE';
  const arguments_ = ['model', 'optimizer', ...(perUpdate ? ['schedule'] : []), 'training'].join(', ');
  const { earlyStopping } = training;
  return [
    ...linesOf(['def main() -> None:']),
    ...documentation(['Trains, keeps the weights of the best epoch, and judges them on the test part.']),
    ...linesOf([
      '    torch.manual_seed(SEED)',
      '    device = pick_device()',
      '    training = load_data("train", device)',
      '    if training is None:',
      '        raise SystemExit("There are no training data beside this script.")',
      '    validation = load_data("validation", device) or training',
      '    test = load_data("test", device)',
    ]),
    ...statement(1, code`model = ${brandName(script.model.maker)}().to(device)`),
    ...linesOf([
      '    optimizer = make_optimizer(model)',
      ...(perUpdate ? [`    updates_per_epoch = math.ceil(len(training[0]) / ${updates})`] : []),
      ...(moves === 'never'
        ? []
        : [`    schedule = make_schedule(optimizer${perUpdate ? ', updates_per_epoch' : ''})`]),
      '    best = math.inf',
      ...(earlyStopping ? ['    reference = math.inf', '    waited = 0'] : []),
      '    for epoch in range(1, EPOCHS + 1):',
      `        loss = train_epoch(${arguments_})`,
      '        results = evaluate(model, validation)',
      '        print(f"epoch {epoch}: loss {loss:.4f}; validation: {describe(results)}")',
    ]),
    ...statement(2, code`value = ${monitored(script)}`),
    ...linesOf([
      '        if epoch == 1 or value < best:',
      '            best = value',
      '            safetensors.torch.save_model(model, str(FOLDER / "best.safetensors"))',
      ...(moves === 'epoch' ? ['        schedule.step()'] : []),
      ...(moves === 'monitor'
        ? [`        schedule.step(${training.monitorDirection === 'up' ? '-value' : 'value'})`]
        : []),
      ...(earlyStopping ? stoppingLines(earlyStopping.minimumImprovement > 0) : []),
      '    safetensors.torch.load_model(model, FOLDER / "best.safetensors")',
      '    if test is not None:',
      '        print(f"test: {describe(evaluate(model, test))}")',
    ]),
  ];
}

/** Turned so that lower is better. */
function monitored({ program: { training } }: Script): Hole {
  const value = code`results[${text(training.monitor)}]`;
  return training.monitorDirection === 'up' ? code`-${value}` : value;
}

function stoppingLines(minimum: boolean): string[] {
  return [
    '        waited += 1',
    `        if value < reference${minimum ? ' - MINIMUM_IMPROVEMENT' : ''}:`,
    '            reference = value',
    '            waited = 0',
    '        if waited >= PATIENCE:',
    '            break',
  ];
}
