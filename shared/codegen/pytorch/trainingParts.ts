/** What train.py is made of: names of inputs, targets and outputs, and what each definition says of its twin. */
import { brandName, type Hole, type Name } from '../../ir/emit/code';
import type { EmitInput, Layout } from '../../ir/emit/emission';
import type { MetricCode, OptimizerCode, ScheduleCode, TrainingCode } from '../../ir/emit/trainingEmission';
import type { CheckedProgram, Head, Resolved } from '../../ir/program';
import { sampleSizes } from '../../ir/tensorType';
import type { FieldInfo, MetricDefinition } from '../../ir/trainingDefinitions';
import { createScope } from '../allocateNames';
import type { ExportedModel, ExportedPort, Obstacle } from '../exportedModel';
import { pythonBuiltins, pythonKeywords, pytorchModuleNames, scriptVariables } from './reserved';
import { twinOr } from '../twinOr';

/** A field of the data as the script loads it. */
export interface LoadedField {
  readonly path: string;
  readonly field: string;
  readonly name: Name;
  /** Whole numbers: indices of rows or classes. */
  readonly whole: boolean;
  /** Null where the axes stay as they are in the file. */
  readonly axes: readonly number[] | null;
}

export interface TrainedHead {
  readonly head: Head;
  readonly output: Name;
  readonly loss: TrainingCode;
  readonly metrics: readonly { readonly key: string; readonly code: MetricCode }[];
}

export interface TrainingParts {
  readonly inputs: readonly LoadedField[];
  readonly targets: readonly LoadedField[];
  readonly heads: readonly TrainedHead[];
  /** For all parameters, or for groups of them. */
  readonly optimizer: (parameters: Hole) => OptimizerCode;
  readonly schedule: ScheduleCode;
}

/** Either all parts, or what stands against them. `taken`: names that the script uses beside those of train.py. */
export function trainingParts(
  program: CheckedProgram,
  model: ExportedModel,
  taken: readonly string[] = [],
): TrainingParts | { obstacles: readonly Obstacle[] } {
  const obstacles: Obstacle[] = [];
  const reserved = [...pythonKeywords, ...pythonBuiltins, ...pytorchModuleNames, ...scriptVariables, ...taken];
  const scope = createScope('snake_case', reserved);
  const inputs = model.inputs.map(({ path, type, layout, name }): LoadedField => {
    const field = program.feeds.find((feed) => feed.path === path)?.field ?? name;
    const loaded = { path, field, name: scope.allocate(field, 'samples') };
    return { ...loaded, whole: type.dtype === 'int32', axes: movedAxes(layout) };
  });
  const drawn = program.heads.map((head) => ({ head, port: portOf(model, head), target: targetOf(model, head) }));
  const targets = drawn.map(({ head, port, target }): LoadedField => {
    const like = target.shape.length === port.type.dims.length - 1;
    const loaded = { path: head.path, field: target.name, name: scope.allocate(target.name, 'target') };
    return { ...loaded, whole: target.dtype === 'int32', axes: like ? movedAxes(port.layout) : null };
  });
  const heads = drawn.map(({ head, port, target }, at): TrainedHead => {
    const output = scope.allocate(drawn.length === 1 ? 'output' : `${head.name} output`, 'output');
    const names = { output, target: (targets[at] as LoadedField).name };
    return trainedHead(head, { output: valueOf(port), target, names, prefix: prefixOf(program, head) }, obstacles);
  });
  const { optimizer: chosen, schedule: rate, monitorDirection: direction } = program.training;
  const place = { path: '', name: program.name };
  const learningRate = brandName('LEARNING_RATE');
  const optimizer = (parameters: Hole): OptimizerCode =>
    twinOr<OptimizerCode>(
      'PyTorch',
      chosen.definition.emit?.pytorch?.({ params: chosen.params, parameters, learningRate }),
      { ...place, title: chosen.definition.title },
      obstacles,
    );
  optimizer(null);
  const names = {
    learningRate,
    optimizer: brandName('optimizer'),
    updatesPerEpoch: brandName('updates_per_epoch'),
    totalUpdates: brandName('total_updates'),
  };
  const schedule = twinOr<ScheduleCode>(
    'PyTorch',
    rate.definition.emit?.pytorch?.({ params: rate.params, direction, names }),
    { ...place, title: rate.definition.title },
    obstacles,
  );
  return obstacles.length > 0 ? { obstacles } : { inputs, targets, heads, optimizer, schedule };
}

interface HeadFacts {
  readonly output: EmitInput;
  readonly target: FieldInfo;
  readonly names: { readonly output: Name; readonly target: Name };
  readonly prefix: string;
}

function trainedHead(head: Head, { prefix, ...facts }: HeadFacts, obstacles: Obstacle[]): TrainedHead {
  const { definition, params } = head.loss;
  const place = { path: head.path, name: head.name };
  const loss = twinOr<TrainingCode>(
    'PyTorch',
    definition.emit?.pytorch?.({ ...facts, params }),
    { ...place, title: definition.title },
    obstacles,
  );
  const codeOf = (metric: Resolved<MetricDefinition>): MetricCode =>
    twinOr<MetricCode>(
      'PyTorch',
      metric.definition.emit?.pytorch?.({ ...facts, params: metric.params, loss: { type: definition.type, params } }),
      { ...place, title: metric.definition.title },
      obstacles,
    );
  const types = head.metrics.map((metric) => metric.definition.type);
  const metrics = head.metrics.map((metric, at) => {
    const before = types.slice(0, at).filter((type) => type === types[at]).length;
    return { key: `${prefix}${types[at]}${before === 0 ? '' : before + 1}`, code: codeOf(metric) };
  });
  return { head, output: facts.names.output, loss, metrics };
}

/** What stands before the names of a head's measures, as in the plan: nothing where there is one head. */
export function prefixOf({ heads }: CheckedProgram, { name }: Head): string {
  return heads.length > 1 ? `${name}/` : '';
}

function portOf({ outputs }: ExportedModel, { path }: Head): ExportedPort {
  const port = outputs.find((each) => each.path === path);
  if (!port) throw new Error(`the model has no output ${path}`);
  return port;
}

function valueOf({ type, layout }: ExportedPort): EmitInput {
  return { type, layout };
}

/** The field of the data; without data, what would fit: class indices, or a value for every element. */
function targetOf(model: ExportedModel, head: Head): FieldInfo {
  if (head.target) return head.target;
  const { type } = portOf(model, head);
  const sizes = sampleSizes(type) as number[];
  const classes = head.loss.definition.type === 'crossEntropy';
  return { name: head.name, shape: classes ? sizes.slice(0, -1) : sizes, dtype: classes ? 'int32' : 'float32' };
}

function movedAxes({ axes }: Layout): readonly number[] | null {
  return axes.some((axis, at) => axis !== at) ? axes : null;
}
