/** Parts of train.py: the model with its weights, the data, and how a part of the data is judged. */
import { brandName, call, code, text, tuple, type Hole } from '../../ir/emit/code';
import { linesOf, type SourceLine } from '../sourceFile';
import { commas, documentation, statement } from './statements';
import type { LoadedField } from './trainingParts';
import type { Script } from './script';

/** Inputs, then targets: the order of every tuple of fields. */
export function fieldsOf({ parts: { inputs, targets } }: Script): LoadedField[] {
  return [...inputs, ...targets];
}

export function modelLines({ model }: Script): SourceLine[] {
  const maker = brandName(model.maker);
  return [
    ...statement(0, code`def load_model() -> ${maker}:`),
    ...documentation(['The network with the weights that it was exported with.']),
    ...statement(1, code`model = ${call(maker, [])}`),
    ...linesOf([
      '    weights = safetensors.torch.load_file(FOLDER / "weights.safetensors")',
      '    model.load_state_dict(weights)',
      '    return model',
    ]),
  ];
}

export function dataLines(script: Script): SourceLine[] {
  const fields = fieldsOf(script);
  const moved = fields.some(({ axes }) => axes !== null);
  const names = tuple(fields.map(({ field }) => text(field)));
  const prepared = fields.map((field) => call(code`${converted(field)}.to`, [code`device`]));
  return [
    ...linesOf(['def load_data(part: str, device: torch.device) -> Data | None:']),
    ...documentation(
      moved
        ? ['Inputs and targets, images with channels first; None where there is no such part.']
        : ['Inputs and targets; None where there is no such part.'],
    ),
    ...statement(1, code`fields = ${names}`),
    ...linesOf([
      '    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]',
      '    if not all(file.exists() for file in files):',
      '        return None',
    ]),
    ...linesOf(['    loaded = [torch.from_numpy(np.load(file)) for file in files]']),
    ...statement(1, code`${commas(fields.map(({ name }) => name))} = loaded`),
    ...statement(1, code`return ${tuple(prepared)}`, [...new Set(fields.map(({ path }) => path))]),
  ];
}

function converted({ name, whole, axes }: LoadedField): Hole {
  const values = whole ? code`${name}.long()` : code`${name}`;
  return axes ? call(code`${values}.permute`, axes) : values;
}

/** `name` = a function of the model's outputs and the targets of a batch. */
export function judgedLines(script: Script, depth: number, name: string, judge: string): SourceLine[] {
  const { inputs, targets, heads } = script.parts;
  const outputs = call(
    code`model`,
    inputs.map((input) => input.name),
  );
  const truth = targets.map((target) => target.name);
  const single = heads.length === 1;
  const judged = call(brandName(judge), [...(single ? [outputs] : heads.map(({ output }) => output)), ...truth]);
  return [
    ...(single ? [] : statement(depth, code`${commas(heads.map(({ output }) => output))} = ${outputs}`)),
    ...statement(depth, code`${brandName(name)} = ${judged}`),
  ];
}

export function evaluateLines(script: Script): SourceLine[] {
  const fields = fieldsOf(script);
  const finished = script.parts.heads.flatMap(({ metrics }) => metrics.filter(({ code: { finish } }) => finish));
  const first = fields[0]?.name ?? null;
  return [
    ...linesOf(['@torch.no_grad()', 'def evaluate(model: nn.Module, data: Data) -> dict[str, float]:']),
    ...documentation(['The loss and the metrics over all samples.']),
    ...linesOf(['    model.eval()', '    count = len(data[0])', '    means: dict[str, Tensor] = {}']),
    ...statement(
      1,
      code`for ${commas(fields.map(({ name }) => name))} in ${call(code`batches`, [code`data`, code`torch.arange(count)`])}:`,
    ),
    ...judgedLines(script, 2, 'results', 'measure'),
    ...linesOf(['        for name, value in results.items():']),
    ...statement(3, code`share = value * len(${first}) / count`),
    ...linesOf(['            means[name] = means[name] + share if name in means else share']),
    ...finished.flatMap(({ key, code: { finish } }) => [
      ...statement(1, code`mean = means[${text(key)}]`),
      ...statement(1, code`means[${text(key)}] = ${finish?.(brandName('mean')) ?? null}`),
    ]),
    ...linesOf(['    return {name: mean.item() for name, mean in means.items()}']),
  ];
}
