/** Parts of train.py: data, losses, metrics, `compile_model`, and the run from seeds to the test part. */
import { call, code, list, text, tuple, type Fragment, type Hole } from '../../ir/emit/code';
import { commas, documentation, statement } from '../pytorch/statements';
import { flatWidth } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';
import { dictionaryLines } from './dictionary';
import type { LoadedField, Script } from './trainingParts';

export function dataLines({ parts: { inputs, targets } }: Script): SourceLine[] {
  const fields = [...inputs, ...targets];
  const origins = [...new Set(fields.map(({ path }) => path))];
  const read = call(code``, [code`np.load(file) for file in files`]);
  const unpacked = code`${commas(fields.map(({ variable }) => variable))} = ${read}`;
  // Where their names do not stand on a line, the arrays go by their numbers.
  const short = flatWidth(python, unpacked) + python.indent <= python.width;
  const valueOf = (field: LoadedField): Hole => (short ? field.variable : code`arrays[${fields.indexOf(field)}]`);
  const given = (before: Fragment, held: readonly LoadedField[]): SourceLine[] =>
    held.length === 1
      ? []
      : dictionaryLines(
          1,
          before,
          held.map((field) => ({ key: field.port, value: valueOf(field) })),
        );
  const one = (held: readonly LoadedField[], name: Hole): Hole =>
    held.length === 1 ? valueOf(held[0] as LoadedField) : name;
  return [
    ...linesOf(['def load_data(part: str) -> tuple[Any, Any] | None:']),
    ...documentation(['Give inputs and targets; None where there is no such part.']),
    ...statement(1, code`fields = ${tuple(fields.map(({ field }) => text(field)))}`),
    ...linesOf([
      '    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]',
      '    if not all(file.exists() for file in files):',
      '        return None',
    ]),
    ...(short ? statement(1, unpacked, origins) : linesOf(['    arrays = [np.load(file) for file in files]'], origins)),
    ...given(code`inputs = `, inputs),
    ...given(code`targets = `, targets),
    ...statement(1, code`return ${one(inputs, code`inputs`)}, ${one(targets, code`targets`)}`),
  ];
}

export function lossLines({ parts: { heads } }: Script): SourceLine[] {
  const [only] = heads;
  const several = heads.length > 1;
  const type = several ? 'dict[str, keras.losses.Loss]' : 'keras.losses.Loss';
  const entries = heads.map(({ port, loss }) => ({ key: port, value: loss.expression }));
  return [
    ...linesOf([`def make_loss() -> ${type}:`]),
    ...documentation([several ? 'Give the loss of each output.' : 'Give what training minimises.']),
    ...(several
      ? dictionaryLines(1, code`return `, entries)
      : statement(1, code`return ${only?.loss.expression ?? null}`, [only?.head.path ?? ''])),
  ];
}

export function metricLines({ parts: { heads } }: Script): SourceLine[] {
  const [only] = heads;
  const several = heads.length > 1;
  const type = several ? 'dict[str, list[keras.metrics.Metric]]' : 'list[keras.metrics.Metric]';
  const measures = heads.map(({ port, metrics }) => ({
    key: port,
    value: list(metrics.map((metric) => metric.code.expression)),
  }));
  return [
    ...linesOf([`def make_metrics() -> ${type}:`]),
    ...documentation(['Give what is reported beside the loss.']),
    ...(several
      ? dictionaryLines(1, code`return `, measures)
      : statement(1, code`return ${measures[0]?.value ?? null}`, [only?.head.path ?? ''])),
  ];
}

export function compileLines({ parts: { heads } }: Script): SourceLine[] {
  const weighted = heads.some(({ head }) => head.weight !== 1);
  const weights = heads.map(({ port, head }) => ({ key: port, value: head.weight }));
  const several = weighted && heads.length > 1;
  const only = heads[0]?.head.weight ?? 1;
  const compiled = call(code`model.compile`, [], {
    optimizer: code`make_optimizer(model, learning_rate)`,
    loss: code`make_loss()`,
    loss_weights: several ? code`loss_weights` : only === 1 ? undefined : list([only]),
    metrics: code`make_metrics()`,
  });
  return [
    ...linesOf(['def compile_model(model: keras.Model, learning_rate: Any = LEARNING_RATE) -> None:']),
    ...documentation(['Tell the model what it is trained by.']),
    ...(several ? dictionaryLines(1, code`loss_weights = `, weights) : []),
    ...statement(1, compiled),
  ];
}

export function mainLines(script: Script): SourceLine[] {
  const { program, parts } = script;
  const { accumulate } = program.training;
  const { moves } = parts.schedule;
  const targets = parts.targets.length === 1 ? code`targets` : code`targets[${text(parts.targets[0]?.port ?? '')}]`;
  const perUpdate = accumulate > 1 ? code`(ACCUMULATE * BATCH_SIZE)` : code`BATCH_SIZE`;
  const fit = call(code`model.fit`, [code`inputs`, code`targets`], {
    batch_size: code`BATCH_SIZE`,
    epochs: code`EPOCHS`,
    validation_data: code`validation`,
    callbacks: code`callbacks`,
  });
  return [
    ...linesOf(['def main() -> None:']),
    ...documentation(['Train, keep the weights of the best epoch, and judge them.']),
    ...linesOf([
      '    keras.utils.set_random_seed(SEED)',
      '    training = load_data("train")',
      '    if training is None:',
      '        raise SystemExit("There are no training data beside this script.")',
      '    inputs, targets = training',
      '    validation = load_data("validation") or training',
      '    model = make_model()',
    ]),
    ...(moves === 'update'
      ? [
          ...statement(1, code`updates_per_epoch = math.ceil(len(${targets}) / ${perUpdate})`),
          ...linesOf(['    compile_model(model, make_schedule(updates_per_epoch))']),
        ]
      : linesOf(['    compile_model(model)'])),
    ...callbackLines(script),
    ...statement(1, fit),
    ...linesOf([
      '    model.load_weights(best)',
      '    for part in ("validation", "test"):',
      '        data = load_data(part)',
      '        if data is not None:',
      '            results: Any = model.evaluate(*data, return_dict=True)',
      '            found = ", ".join(f"{name} {value:.4f}" for name, value in results.items())',
      '            print(f"{part}: {found}")',
    ]),
  ];
}

function callbackLines({ program: { training }, parts }: Script): SourceLine[] {
  const { earlyStopping, monitorDirection } = training;
  const watched = { monitor: code`monitor`, mode: code`mode` };
  const keeping = call(code`keras.callbacks.ModelCheckpoint`, [code`best`], {
    ...watched,
    save_best_only: true,
    save_weights_only: true,
  });
  const stopping = call(code`keras.callbacks.EarlyStopping`, [], {
    ...watched,
    patience: code`PATIENCE`,
    min_delta: earlyStopping?.minimumImprovement ? code`MINIMUM_IMPROVEMENT` : undefined,
  });
  const callbacks: Hole[] = [
    keeping,
    ...(earlyStopping ? [stopping] : []),
    ...(parts.schedule.moves === 'monitor' ? [parts.schedule.expression] : []),
  ];
  const mode = monitorDirection === 'up' ? 'max' : 'min';
  return [
    ...statement(1, code`monitor = ${text(monitorName(training.monitor, parts.heads))}`),
    ...statement(1, code`mode = ${text(mode)}`),
    ...linesOf(['    best = FOLDER / "best.weights.h5"']),
    ...statement(1, code`callbacks = ${list(callbacks)}`),
  ];
}

/** How Keras calls the measure in the record of an epoch. */
function monitorName(monitor: string, heads: Script['parts']['heads']): string {
  const several = heads.length > 1;
  for (const { head, port, metrics } of heads) {
    const before = several ? `${port}_` : '';
    if (several && monitor === `${head.name}/loss`) return `val_${before}loss`;
    const found = metrics.find(({ key }) => key === monitor);
    if (found) return `val_${before}${found.name}`;
  }
  return 'val_loss';
}
