/** What train.py is made of: fields of the data, and what each definition says of its twin in Keras. */
import { brandName, code, text, type Hole, type Name } from '../../ir/emit/code';
import type { OptimizerCode, ScheduleCode, TrainingCode } from '../../ir/emit/trainingEmission';
import type { CheckedProgram, Head } from '../../ir/program';
import { sampleSizes } from '../../ir/tensorType';
import type { FieldInfo } from '../../ir/trainingDefinitions';
import { createScope } from '../allocateNames';
import type { ExportedModel, ExportedPort, Obstacle } from '../exportedModel';
import { prefixOf } from '../pytorch/trainingParts';
import { longestName, scriptReserved } from './reserved';
import { named } from './writeBody';
import { twinOr } from '../twinOr';

/** A field of the data: its file's name, the variable that holds it, and where in the model it goes. */
export interface LoadedField {
  readonly path: string;
  readonly field: string;
  readonly variable: Name;
  readonly port: string;
}

export interface TrainedHead {
  readonly head: Head;
  /** What Keras calls the output. */
  readonly port: string;
  readonly loss: TrainingCode;
  /** By the names of measures in the plan; their expressions carry Keras' names. */
  readonly metrics: readonly { readonly key: string; readonly name: string; readonly code: TrainingCode }[];
}

export interface TrainingParts {
  readonly inputs: readonly LoadedField[];
  readonly targets: readonly LoadedField[];
  readonly heads: readonly TrainedHead[];
  readonly optimizer: OptimizerCode;
  readonly schedule: ScheduleCode;
}

/** What the functions of the script are written from. */
export interface Script {
  readonly program: CheckedProgram;
  readonly parts: TrainingParts;
}

export function trainingParts(
  program: CheckedProgram,
  model: ExportedModel,
): TrainingParts | { obstacles: readonly Obstacle[] } {
  const obstacles: Obstacle[] = [];
  const scope = createScope('snake_case', scriptReserved, longestName);
  const inputs = model.inputs.map(({ path, name }): LoadedField => {
    const field = program.feeds.find((feed) => feed.path === path)?.field ?? name;
    return { path, field, variable: scope.allocate(field, 'samples'), port: name };
  });
  const drawn = program.heads.map((head) => ({ head, ...targetOf(model, head) }));
  const targets = drawn.map(({ head, port, target }): LoadedField => {
    const variable = scope.allocate(target.name, 'target');
    return { path: head.path, field: target.name, variable, port: port.name };
  });
  const heads = drawn.map((each) => trainedHead(program, each, obstacles));
  const { optimizer: chosen, schedule: rate, monitorDirection: direction } = program.training;
  const parameters = code`model`;
  const optimizer = twinOr<OptimizerCode>(
    'Keras',
    chosen.definition.emit?.keras?.({ params: chosen.params, parameters, learningRate: code`learning_rate` }),
    { path: '', name: program.name, title: chosen.definition.title },
    obstacles,
  );
  const names = {
    learningRate: brandName('LEARNING_RATE'),
    optimizer: brandName('optimizer'),
    updatesPerEpoch: brandName('updates_per_epoch'),
    totalUpdates: brandName('total_updates'),
  };
  const schedule = twinOr<ScheduleCode>(
    'Keras',
    rate.definition.emit?.keras?.({ params: rate.params, direction, names }),
    { path: '', name: program.name, title: rate.definition.title },
    obstacles,
  );
  return obstacles.length > 0 ? { obstacles } : { inputs, targets, heads, optimizer, schedule };
}

interface DrawnHead {
  readonly head: Head;
  readonly port: ExportedPort;
  readonly target: FieldInfo;
}

function trainedHead(program: CheckedProgram, { head, port, target }: DrawnHead, obstacles: Obstacle[]): TrainedHead {
  const { definition, params } = head.loss;
  const place = { path: head.path, name: head.name };
  const names = { output: brandName('y_pred'), target: brandName('y_true') };
  const facts = { output: { type: port.type, layout: port.layout }, target, names };
  const loss = twinOr<TrainingCode>(
    'Keras',
    definition.emit?.keras?.({ ...facts, params }),
    { ...place, title: definition.title },
    obstacles,
  );
  const types = head.metrics.map((metric) => metric.definition.type);
  const metrics = head.metrics.map((metric, at) => {
    const before = types.slice(0, at).filter((type) => type === types[at]).length;
    const name = `${types[at] ?? ''}${before === 0 ? '' : before + 1}`;
    const found = twinOr<TrainingCode>(
      'Keras',
      metric.definition.emit?.keras?.({ ...facts, params: metric.params, loss: { type: definition.type, params } }),
      { ...place, title: metric.definition.title },
      obstacles,
    );
    return { key: prefixOf(program, head) + name, name, code: { ...found, expression: withName(found, name) } };
  });
  return { head, port: port.name, loss, metrics };
}

function withName({ expression }: TrainingCode, name: string): Hole {
  const isCall = typeof expression === 'object' && expression !== null && expression.kind === 'call';
  return isCall ? named(expression, text(name)) : expression;
}

/** The field of the data; without data, what would fit: class indices, or a value for every element. */
function targetOf({ outputs }: ExportedModel, head: Head): { port: ExportedPort; target: FieldInfo } {
  const port = outputs.find(({ path }) => path === head.path);
  if (!port) throw new Error(`the model has no output ${head.path}`);
  const sizes = sampleSizes(port.type) as number[];
  const classes = head.loss.definition.type === 'crossEntropy';
  const like: FieldInfo = {
    name: head.name,
    shape: classes ? sizes.slice(0, -1) : sizes,
    dtype: classes ? 'int32' : 'float32',
  };
  return { port, target: head.target ?? like };
}
