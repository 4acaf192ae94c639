/** What the engine's own process trains with: the exported module, its twin that can be looked into, and session.py. */
import { brandName, call, code, text, tuple, type Hole, type Name } from '../../ir/emit/code';
import type { OptimizerCode } from '../../ir/emit/trainingEmission';
import { flatten } from '../../ir/flatten';
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel, Obstacle } from '../exportedModel';
import { docstring } from '../python';
import { pythonImports } from '../pythonImports';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import type { Script } from './script';
import { documentation, statement } from './statements';
import { headCodes, helperSources } from './trainingHelpers';
import { trainingParts, type LoadedField, type TrainedHead } from './trainingParts';
import { usedImports } from './usedImports';
import { writePytorchModel } from './writePytorchModel';
import { optimizerLines } from './writeTrainMeasures';

export interface Session {
  /** model.py as it is exported, traced.py and session.py. */
  readonly files: readonly SourceFile[];
  readonly model: ExportedModel;
  /** Our optimizer's state by PyTorch's names. */
  readonly slots: OptimizerCode['slots'];
}

/** Names of session.py that no field of the data may hide. */
const sessionNames = ['outputs', 'targets', 'full', 'traced'];

export function writeSession(program: CheckedProgram): Session | { obstacles: readonly Obstacle[] } {
  const model = writePytorchModel(program);
  if ('obstacles' in model) return model;
  const traced = writePytorchModel(program, true);
  if ('obstacles' in traced) return traced;
  const parts = trainingParts(program, model, sessionNames);
  if ('obstacles' in parts) return parts;
  const session = { path: 'session.py', lines: sessionLines({ program, model, parts }, traced.maker) };
  return { files: [...model.files, ...traced.files, session], model, slots: parts.optimizer(null).slots };
}

function sessionLines(script: Script, traced: string): SourceLine[] {
  const { program, model, parts } = script;
  const blocks: SourceLine[][] = [
    ...helperSources([...headCodes(parts), parts.optimizer(null)]).map((source) => linesOf(source.split('\n'))),
    makerLines('make_model', 'The network, with weights of its own.', code`${brandName(model.maker)}()`),
    makerLines(
      'make_traced',
      'The same network, in which traced.watch marks the outputs of every node.',
      code`traced.${brandName(traced)}()`,
    ),
    optimizerLines(script),
    preparingLines('prepare_inputs', 'What the network takes, images with channels first.', parts.inputs),
    preparingLines('prepare_targets', 'What its outputs are compared with.', parts.targets),
    lossLines(parts.heads, parts.targets),
    metricLines(parts.heads, parts.targets),
  ];
  const body = [...constantLines(script), ...blocks.flatMap((lines) => [...linesOf(['', '']), ...lines])];
  const used = body.map((line) => line.text).join('\n');
  const imports = pythonImports(
    usedImports(used, ['import torch', 'from torch import Tensor', 'from torch import nn']),
  );
  return [
    ...linesOf(docstring([`${program.name}: what the engine trains with.`])),
    ...linesOf(['', ...imports, '', 'import traced', `from model import ${model.maker}`, '']),
    ...body,
  ];
}

function constantLines({ program, parts }: Script): SourceLine[] {
  const texts = (values: readonly string[]): Hole => tuple(values.map(text));
  const names = (fields: readonly LoadedField[]): Hole => texts(fields.map(({ field }) => field));
  const nodes = flatten(program).map(({ path, layer }) => tuple([text(path), texts(Object.keys(layer.outputTypes))]));
  return [
    ...statement(0, code`LEARNING_RATE = ${Number(program.training.optimizer.params.learningRate)}`),
    ...statement(0, code`INPUT_FIELDS: tuple[str, ...] = ${names(parts.inputs)}`),
    ...statement(0, code`TARGET_FIELDS: tuple[str, ...] = ${names(parts.targets)}`),
    ...linesOf(['# Paths of what the network takes and of what it gives, in that order.']),
    ...statement(0, code`INPUTS: tuple[str, ...] = ${texts(parts.inputs.map(({ path }) => path))}`),
    ...statement(0, code`HEADS: tuple[str, ...] = ${texts(pathsOf(parts.heads))}`),
    ...linesOf(['# Every node with the names of its outputs, in the order in which traced.watch marks them.']),
    ...statement(0, code`NODES: tuple[tuple[str, tuple[str, ...]], ...] = ${tuple(nodes)}`),
  ];
}

function makerLines(name: string, words: string, made: Hole): SourceLine[] {
  return [
    ...statement(0, code`def ${brandName(name)}() -> nn.Module:`),
    ...documentation([words]),
    ...statement(1, code`return ${made}`),
  ];
}

function preparingLines(name: string, words: string, fields: readonly LoadedField[]): SourceLine[] {
  const parameters = fields.map((field) => code`${field.name}: Tensor`);
  const prepared = fields.map(({ name: field, whole, axes }): Hole => {
    const values = whole ? code`${field}.long()` : code`${field}`;
    return axes ? call(code`${values}.permute`, axes) : values;
  });
  return [
    ...statement(0, code`${call(code`def ${brandName(name)}`, parameters)} -> tuple[Tensor, ...]:`),
    ...documentation([words]),
    ...statement(1, code`return ${tuple(prepared)}`, [...new Set(fields.map(({ path }) => path))]),
  ];
}

function lossLines(heads: readonly TrainedHead[], targets: readonly LoadedField[]): SourceLine[] {
  const parameters = [code`outputs: tuple[Tensor, ...]`, code`targets: tuple[Tensor, ...]`];
  const losses = heads.map(({ loss }) => loss.expression);
  return [
    ...statement(0, code`${call(code`def head_losses`, parameters)} -> tuple[Tensor, ...]:`),
    ...documentation(['The loss of every head, as the mean over the batch.']),
    ...(heads.length === 0 ? [] : unpacking(heads, targets)),
    ...statement(1, code`return ${tuple(losses)}`, pathsOf(heads)),
  ];
}

function metricLines(heads: readonly TrainedHead[], targets: readonly LoadedField[]): SourceLine[] {
  const parameters = [code`outputs: tuple[Tensor, ...]`, code`targets: tuple[Tensor, ...]`, code`full: bool`];
  const expressions = (wanted: (evaluationOnly: boolean) => boolean): Hole[] =>
    heads.flatMap(({ head, metrics }) =>
      metrics
        .filter((_, at) => wanted(head.metrics[at]?.definition.evaluationOnly ?? false))
        .map((metric) => metric.code.expression),
    );
  const [all, cheap] = [expressions(() => true), expressions((evaluationOnly) => !evaluationOnly)];
  const paths = pathsOf(heads);
  return [
    ...statement(0, code`${call(code`def head_metrics`, parameters)} -> tuple[Tensor, ...]:`),
    ...documentation(['The metrics of every head as means over the batch; full: also those of evaluations alone.']),
    ...(all.length === 0 ? [] : unpacking(heads, targets)),
    ...(all.length === cheap.length
      ? []
      : [...linesOf(['    if full:']), ...statement(2, code`return ${tuple(all)}`, paths)]),
    ...statement(1, code`return ${tuple(cheap)}`, paths),
  ];
}

function unpacking(heads: readonly TrainedHead[], targets: readonly LoadedField[]): SourceLine[] {
  return [
    ...statement(1, code`${unpacked(heads.map(({ output }) => output))} = outputs`),
    ...statement(1, code`${unpacked(targets.map(({ name }) => name))} = targets`),
  ];
}

function unpacked(names: readonly Name[]): Hole {
  return tuple(names);
}

function pathsOf(heads: readonly TrainedHead[]): string[] {
  return heads.map(({ head }) => head.path);
}
