/** evaluate.py: runs the model on the design's data with ONNX Runtime and says loss and metrics, in NumPy. */
import { call, code, list, text, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { MetricCode } from '../../ir/emit/trainingEmission';
import { inversePermutation } from '../../ir/emit/transform';
import type { CheckedProgram, Head } from '../../ir/program';
import { createScope } from '../allocateNames';
import type { ExportedPort } from '../exportedModel';
import { canonical } from '../layouts';
import { printStatement } from '../printCode';
import { pythonBuiltins, pythonKeywords } from '../pytorch/reserved';
import { docstring, python } from '../python';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { evaluationMain, evaluationStart, evaluationWords } from './evaluationText';

export interface Evaluated {
  readonly program: CheckedProgram;
  readonly inputs: readonly ExportedPort[];
  readonly outputs: readonly ExportedPort[];
  readonly source: { readonly file: string; readonly hash: string };
}

/** What is computed for a batch, and under which label it is said. */
interface Measure {
  readonly label: string;
  readonly path: string;
  readonly code: MetricCode;
}

/** The variables of the script. */
interface Names {
  readonly inputs: readonly { readonly port: ExportedPort; readonly field: string; readonly name: Name }[];
  readonly outputs: readonly { readonly port: ExportedPort; readonly head: Head; readonly name: Name }[];
  /** By field: the whole array, and the part of a batch. */
  readonly targets: ReadonlyMap<string, { readonly all: Name; readonly batch: Name }>;
  /** For a mean that is no number yet. */
  readonly mean: Name;
}

export function writeEvaluation(evaluated: Evaluated): SourceFile {
  const { program, source } = evaluated;
  // Helpers have their names before anything of the drawing has one.
  const own = helpersOf(measuresOf(program, nameAll(evaluated, []))).map(({ name }) => name);
  const names = nameAll(evaluated, own);
  const measures = measuresOf(program, names);
  const parts = [
    ...helpersOf(measures).map((helper) => linesOf(helper.source.split('\n'))),
    writeEvaluate(program, names, measures),
    linesOf(evaluationMain),
  ];
  const name = program.name.trim() || source.file;
  const title = [`Evaluate ${name} with ONNX Runtime.`, '', `Made from ${source.file},`, `SHA-256 ${source.hash}.`];
  const head = linesOf([...docstring(title), ...evaluationStart]);
  return { path: 'evaluate.py', lines: [...head, ...parts.flatMap((part) => [...linesOf(['', '']), ...part])] };
}

function helpersOf(measures: readonly Measure[]): { name: string; source: string }[] {
  const helpers = measures.flatMap((measure) => measure.code.helpers ?? []);
  return [...new Map(helpers.map((helper) => [helper.name, helper])).values()];
}

function nameAll({ program, inputs, outputs }: Evaluated, helpers: readonly string[]): Names {
  const scope = createScope('snake_case', [...pythonKeywords, ...pythonBuiltins, ...evaluationWords, ...helpers]);
  const fields = new Set(program.heads.flatMap(({ target }) => (target ? [target.name] : [])));
  return {
    inputs: inputs.map((port) => {
      const feed = program.feeds.find(({ path }) => path === port.path);
      return { port, field: feed?.field || port.name, name: scope.allocate(port.name, 'samples') };
    }),
    outputs: outputs.map((port) => {
      const head = program.heads.find(({ path }) => path === port.path) as Head;
      return { port, head, name: scope.allocate(port.name, 'result') };
    }),
    targets: new Map(
      [...fields].map((field) => {
        const batch = scope.allocate(field, 'target');
        return [field, { batch, all: scope.allocate(`all ${batch.identifier}`, 'all targets') }] as const;
      }),
    ),
    mean: scope.allocate('mean', 'mean'),
  };
}

function measuresOf({ heads }: CheckedProgram, { outputs, targets }: Names): Measure[] {
  return outputs.flatMap(({ head, port, name }) => {
    const prefix = heads.length > 1 ? `${port.name} ` : '';
    const measure = (label: string, given: MetricCode | undefined): Measure[] =>
      given ? [{ label: prefix + label, path: head.path, code: given }] : [];
    const target = head.target && targets.get(head.target.name);
    if (!head.target || !target) return measure('mean', { expression: code`float(${name}.mean())` });
    const { loss, metrics } = head;
    const output = { type: port.type, layout: canonical(port.type) };
    const context = { output, names: { output: name, target: target.batch }, target: head.target };
    const told = { type: loss.definition.type, params: loss.params };
    return [
      ...measure('loss', loss.definition.emit?.onnx?.({ ...context, params: loss.params })),
      ...metrics.flatMap(({ definition, params }) =>
        measure(definition.type, definition.emit?.onnx?.({ ...context, params, loss: told })),
      ),
    ];
  });
}

function writeEvaluate(program: CheckedProgram, names: Names, measures: readonly Measure[]): SourceLine[] {
  const first = names.inputs[0]?.name ?? code`[]`;
  const results = names.outputs.map(({ port }) => text(port.name));
  const means = code`{name: total / len(${first}) for name, total in sums.items()}`;
  const finished = finishLines(program, names, measures);
  return [
    ...linesOf(['def evaluate(part: str) -> dict[str, Any]:']),
    ...statements(1, code`"""Give the means of loss and metrics over one part of the data."""`),
    ...statements(1, code`session = ${call(code`onnxruntime.InferenceSession`, [code`str(FOLDER / "model.onnx")`])}`),
    ...loadLines(names),
    ...statements(1, code`sums: dict[str, Any] = {}`, code`for start in range(0, len(${first}), BATCH_SIZE):`),
    ...statements(2, code`batch = slice(start, start + BATCH_SIZE)`, code`feeds = {`),
    ...names.inputs.flatMap(({ port, name }) => origin([port.path], 3, code`${text(port.name)}: ${name}[batch],`)),
    ...statements(2, code`}`, code`outputs = ${call(code`session.run`, [list(results), code`feeds`])}`),
    ...batchLines(names),
    ...statements(2, code`measures = {`),
    ...measures.flatMap(({ label, path, code: { expression } }) =>
      origin([path], 3, code`${text(label)}: ${expression},`),
    ),
    ...statements(2, code`}`, code`for name, value in measures.items():`),
    ...statements(3, code`sums[name] = sums.get(name, 0) + value * len(${names.outputs[0]?.name ?? code`outputs`})`),
    ...(finished.length === 0
      ? statements(1, code`return ${means}`)
      : [...statements(1, code`means = ${means}`), ...finished, ...statements(1, code`return means`)]),
  ];
}

/** Images are turned to the order of axes that the model takes. */
function loadLines({ inputs, targets }: Names): SourceLine[] {
  const loaded = (field: string): Fragment => code`${call(code`load`, [code`part`, text(field)])}`;
  const samples = inputs.flatMap(({ port, field, name }) =>
    origin([port.path], 1, code`${name} = ${turned(loaded(field), port.layout.axes)}`),
  );
  const truths = [...targets].flatMap(([field, { all }]) => statements(1, code`${all} = ${loaded(field)}`));
  return [...samples, ...truths];
}

/** Results are turned to the order of axes of the drawing. */
function batchLines({ outputs, targets }: Names): SourceLine[] {
  const results = outputs.flatMap(({ port, name }, at) => {
    const value = turned(code`np.asarray(outputs[${at}])`, inversePermutation(port.layout.axes));
    return origin([port.path], 2, code`${name} = ${value}`);
  });
  const truths = [...targets.values()].flatMap(({ all, batch }) => statements(2, code`${batch} = ${all}[batch]`));
  return [...results, ...truths];
}

function turned(value: Fragment, axes: readonly number[]): Hole {
  if (axes.every((axis, at) => axis === at)) return value;
  return call(code`${value}.transpose`, axes);
}

/** What is computed from means: a number of a matrix, and the loss of all heads by their weights. */
function finishLines({ heads }: CheckedProgram, { mean, outputs }: Names, measures: readonly Measure[]): SourceLine[] {
  const found = measures.flatMap(({ label, path, code: { finish } }) => {
    if (!finish) return [];
    const place = code`means[${text(label)}]`;
    return origin([path], 1, code`${mean} = ${place}`, code`${place} = ${finish(mean)}`);
  });
  const losses = outputs.filter(({ head }) => head.target !== null);
  if (losses.length === 0 || (heads.length === 1 && heads[0]?.weight === 1)) return found;
  const terms = losses.map(({ port, head: { weight } }) => {
    const loss = code`means[${text(heads.length > 1 ? `${port.name} loss` : 'loss')}]`;
    return weight === 1 ? loss : code`${weight} * ${loss}`;
  });
  const sum = terms.length === 1 ? terms[0] : call(code`sum`, [list(terms)]);
  return [...found, ...statements(1, code`means["loss"] = ${sum ?? null}`)];
}

function statements(depth: number, ...pieces: readonly Hole[]): SourceLine[] {
  return origin([], depth, ...pieces);
}

function origin(origins: readonly string[], depth: number, ...pieces: readonly Hole[]): SourceLine[] {
  return pieces.flatMap((piece) => linesOf(printStatement(python, piece, depth), origins));
}
