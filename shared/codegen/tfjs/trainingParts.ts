/** What the training script is made of: names of inputs, outputs and targets, and what each definition says of itself. */
import { brandName, code, type Name } from '../../ir/emit/code';
import type { EmitInput, Helper, Unsupported } from '../../ir/emit/emission';
import type { MetricCode, OptimizerCode, ScheduleCode, TrainingCode } from '../../ir/emit/trainingEmission';
import type { CheckedProgram, Head, Resolved } from '../../ir/program';
import type { FieldInfo, MetricDefinition } from '../../ir/trainingDefinitions';
import { createScope } from '../allocateNames';
import type { Obstacle } from '../exportedModel';
import { canonical } from '../layouts';
import { reservedWords } from './reserved';

export interface TrainedMetric {
  /** Its key in what is reported: "accuracy", with several heads "label/accuracy". */
  readonly key: string;
  readonly code: MetricCode;
}

export interface TrainedHead {
  readonly head: Head;
  readonly target: FieldInfo;
  readonly names: { readonly output: Name; readonly target: Name };
  readonly loss: TrainingCode;
  readonly metrics: readonly TrainedMetric[];
}

export interface TrainingParts {
  readonly heads: readonly TrainedHead[];
  readonly optimizer: OptimizerCode;
  readonly schedule: ScheduleCode;
  readonly helpers: readonly Helper[];
  /** The key of the measure that decides which epoch is the best. */
  readonly monitor: string;
}

/** Constants and functions of the script. */
const own = [
  'losses',
  ...[
    'batch',
    'batches',
    'batchSize',
    'best',
    'clipNorm',
    'createOptimizer',
    'decayedWeights',
    'epoch',
    'epochs',
    'factor',
  ],
  ...[
    'evaluate',
    'gradients',
    'history',
    'inputs',
    'learningRate',
    'loadPart',
    'loss',
    'lossOf',
    'measures',
    'measuresOf',
  ],
  ...['model', 'optimizer', 'outputs', 'outputsOf', 'patience', 'saveWeights', 'schedule', 'seed', 'targets', 'total'],
  ...['binaryCrossEntropy', 'categoricalCrossEntropy', 'confusionMatrix', 'macroF1', 'smoothed', 'topKAccuracy'],
  ...['totalUpdates', 'trainStep', 'training', 'update', 'updatesPerEpoch', 'util', 'validation', 'value', 'weights'],
];

export const scriptNames = {
  optimizer: brandName('optimizer'),
  learningRate: brandName('learningRate'),
  updatesPerEpoch: brandName('updatesPerEpoch'),
  totalUpdates: brandName('totalUpdates'),
};

/** Null where the design has no data yet: then there is nothing to train with. */
export function trainingParts(program: CheckedProgram): TrainingParts | { obstacles: Obstacle[] } | null {
  const { training } = program;
  if (program.heads.some(({ target }) => target === null)) return null;
  const obstacles: Obstacle[] = [];
  const said = <Code extends TrainingCode>(code: Code | Unsupported | undefined, type: string, head?: Head): Code => {
    if (code && !('unsupported' in code)) return code;
    const why = code?.unsupported ?? `${type} has no twin in TensorFlow.js.`;
    const place = { path: head?.path ?? '', name: head?.name ?? program.name };
    obstacles.push({ ...place, why, instead: code?.instead ?? 'Choose another one.' });
    return { expression: null } as Code;
  };
  const scope = createScope('camelCase', [...reservedWords, ...own]);
  const heads = program.heads.map((head): TrainedHead => {
    const target = head.target as FieldInfo;
    const names = { output: scope.allocate(head.name, 'output'), target: scope.allocate(target.name, 'target') };
    const common = { output: outputOf(program, head), target, names };
    const { loss } = head;
    const lossCode = said(
      loss.definition.emit?.tfjs?.({ ...common, params: loss.params }),
      loss.definition.title,
      head,
    );
    const headLoss = { type: loss.definition.type, params: loss.params };
    const codeOf = ({ definition, params }: Resolved<MetricDefinition>): MetricCode =>
      said(definition.emit?.tfjs?.({ ...common, params, loss: headLoss }), definition.title, head);
    const prefix = program.heads.length > 1 ? `${names.output.identifier}/` : '';
    const keys = numbered(head.metrics.map(({ definition }) => definition.type));
    const metrics = head.metrics.map((metric, at) => ({ key: prefix + keys[at], code: codeOf(metric) }));
    return { head, target, names, loss: lossCode, metrics };
  });
  const { optimizer: chosen, schedule: rate } = training;
  const parameters = code`decayedWeights(model)`;
  const optimizer = said(
    chosen.definition.emit?.tfjs?.({ params: chosen.params, parameters, learningRate: scriptNames.learningRate }),
    chosen.definition.title,
  );
  const direction = training.monitorDirection;
  const schedule = said(
    rate.definition.emit?.tfjs?.({ params: rate.params, direction, names: scriptNames }),
    rate.definition.title,
  );
  if (obstacles.length > 0) return { obstacles };
  const all = [
    ...heads.flatMap(({ loss, metrics }) => [loss, ...metrics.map((metric) => metric.code)]),
    optimizer,
    schedule,
  ];
  const helpers = new Map(all.flatMap((part) => part.helpers ?? []).map((helper) => [helper.name, helper]));
  return { heads, optimizer, schedule, helpers: [...helpers.values()], monitor: monitorOf(program, heads) };
}

/** Of equal names the second is "topK2". */
function numbered(names: readonly string[]): string[] {
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

/** A bare name means the metric of the first head. */
function monitorOf({ training, heads: drawn }: CheckedProgram, heads: readonly TrainedHead[]): string {
  const { monitor } = training;
  if (monitor === 'loss') return 'loss';
  for (const [at, head] of drawn.entries()) {
    const keys = numbered(head.metrics.map(({ definition }) => definition.type));
    const wanted = keys.findIndex((key) => monitor === key || monitor === `${head.name}/${key}`);
    if (wanted >= 0) return heads[at]?.metrics[wanted]?.key ?? 'loss';
    if (monitor === `${head.name}/loss`) return lossKey(heads[at] as TrainedHead);
  }
  return 'loss';
}

/** The key of one head's loss where there are several. */
export function lossKey({ names }: TrainedHead): string {
  return `${names.output.identifier}/loss`;
}

function outputOf({ main }: CheckedProgram, { path }: Head): EmitInput {
  const type = main.nodes.find(({ id }) => id === path)?.outputTypes.output;
  if (!type) throw new Error(`the program has no output ${path}`);
  return { type, layout: canonical(type) };
}

/** The keys of measures are words of ours and identifiers; quoted where they hold a slash. */
export function measureKey(key: string): string {
  return /^\w+$/.test(key) ? key : `'${key}'`;
}
