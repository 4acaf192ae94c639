/** train.ts: the loss, the metrics, the optimizer and the loop with which the design trains. */
import { call, code, list, brandName, type Hole, type Keywords, type Name } from '../../ir/emit/code';
import type { CheckedProgram } from '../../ir/program';
import { printStatement } from '../printCode';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { docComment, typescript } from '../typescript';
import {
  accumulatingStepScript,
  clipScript,
  decayScript,
  evaluateScript,
  outputsScript,
  stepScript,
} from './scriptText';
import { mainLines } from './mainLines';
import { lossKey, measureKey, type TrainedHead, type TrainingParts } from './trainingParts';

export function writeTrain(program: CheckedProgram, parts: TrainingParts, source: string): SourceFile {
  const { training } = program;
  const clips = training.clipNorm !== null;
  const gradients = clips ? 'clipped(grads)' : 'grads';
  const step = training.accumulate > 1 ? accumulatingStepScript(gradients) : stepScript(gradients);
  const lines = [
    ...linesOf(docComment(`Trains the network of model.ts on the arrays in data. Made by Netloom from ${source}.`)),
    ...linesOf(imports),
    ...constants(program),
    ...linesOf(parts.helpers.flatMap(({ source: text }) => ['', ...rows(text)])),
    ...lossLines(parts.heads),
    ...measureLines(parts.heads),
    ...optimizerLines(parts),
    ...linesOf(rows(outputsScript)),
    ...linesOf(clips ? rows(clipScript) : []),
    ...linesOf(rows(step)),
    ...finishLines(parts.heads),
    ...linesOf(rows(evaluateScript(finishes(parts.heads) ? 'finish[name]?.(mean) ?? mean[0]' : 'mean[0]'))),
    ...linesOf(['', ...mainLines(program, parts)]),
  ];
  return { path: 'train.ts', lines };
}

const imports = [
  `import util from 'node:util';`,
  `import * as tf from '@tensorflow/tfjs';`,
  `import { batchesOf, loadPart, type Batch, type DataPart } from './data';`,
  `import { createModel } from './model';`,
  `import { saveWeights } from './weights';`,
  '',
];

/** The lines of a text that ends with a line's end. */
function rows(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

function constants({ training }: CheckedProgram): SourceLine[] {
  const { epochs, batchSize, accumulate, clipNorm, earlyStopping, optimizer } = training;
  const entries: (readonly [string, Hole])[] = [
    ['epochs', epochs],
    ['batchSize', batchSize],
    ['learningRate', optimizer.params.learningRate as number],
  ];
  if (accumulate > 1) entries.splice(2, 0, ['accumulate', accumulate]);
  if (clipNorm !== null) entries.push(['clipNorm', clipNorm]);
  if (earlyStopping) {
    entries.push(['patience', earlyStopping.patience]);
    if (earlyStopping.minimumImprovement > 0) entries.push(['minimumImprovement', earlyStopping.minimumImprovement]);
  }
  return linesOf(entries.flatMap(([name, value]) => statement(code`const ${brandName(name)} = ${value};`, 0)));
}

function statement(hole: Hole, depth = 1): string[] {
  return printStatement(typescript, hole, depth);
}

function lossLines(heads: readonly TrainedHead[]): SourceLine[] {
  const weighted = heads.map(({ head, loss }): Hole => {
    return head.weight === 1 ? loss.expression : call(code`tf.mul`, [loss.expression, head.weight]);
  });
  const several = weighted.length > 1;
  const parts = several ? statement(code`const losses: tf.Scalar[] = ${list(weighted)};`) : [];
  const whole = several ? code`tf.addN(losses)` : (weighted[0] as Hole);
  const paths = heads.map(({ head }) => head.path);
  return [
    ...linesOf(['', '/** What training minimises: the mean over the batch. */']),
    ...linesOf(['export function lossOf(outputs: tf.Tensor[], targets: tf.Tensor[]): tf.Scalar {'], paths),
    ...bindings(heads),
    ...linesOf([...parts, ...statement(code`return ${whole};`)], paths),
    ...linesOf(['}']),
  ];
}

/** The names of outputs and targets, as the expressions use them. */
function bindings(heads: readonly TrainedHead[]): SourceLine[] {
  const all = (which: 'output' | 'target'): Hole => list(heads.map(({ names }) => names[which]));
  return linesOf([
    ...statement(code`const ${all('output')} = outputs;`),
    ...statement(code`const ${all('target')} = targets;`),
  ]);
}

function measureLines(heads: readonly TrainedHead[]): SourceLine[] {
  const several = heads.length > 1;
  const entries = heads.flatMap((head): [string, Hole][] => [
    ...(several ? [[lossKey(head), head.loss.expression] as [string, Hole]] : []),
    ...head.metrics.map((metric): [string, Hole] => [metric.key, metric.code.expression]),
  ]);
  const measures = [['loss', code`lossOf(outputs, targets)`] as [string, Hole], ...entries];
  const properties: Keywords = Object.fromEntries(measures.map(([key, value]) => [measureKey(key), value]));
  return [
    ...linesOf(['', '/** What is reported, as means over the batch. */']),
    ...linesOf(['export function measuresOf(outputs: tf.Tensor[], targets: tf.Tensor[]): Record<string, tf.Tensor> {']),
    ...(entries.length > 0 ? bindings(heads) : []),
    ...linesOf(
      [
        '  return {',
        ...Object.entries(properties).flatMap(([key, value]) => property(key, value as Hole)),
        '  };',
        '}',
      ],
      heads.map(({ head }) => head.path),
    ),
  ];
}

function property(key: string, value: Hole): string[] {
  return statement({ kind: 'fragment', literals: [`${key}: `, ','], holes: [value] }, 2);
}

function optimizerLines({ optimizer }: TrainingParts): SourceLine[] {
  const [open, model] = optimizer.decays ? [decayScript, 'model: tf.LayersModel'] : ['', ''];
  return linesOf([
    ...(open === '' ? [] : rows(open)),
    '',
    `export function createOptimizer(${model}) {`,
    ...statement(code`return ${optimizer.expression};`),
    '}',
  ]);
}

function finishes(heads: readonly TrainedHead[]): boolean {
  return heads.some(({ metrics }) => metrics.some((metric) => metric.code.finish));
}

function finishLines(heads: readonly TrainedHead[]): SourceLine[] {
  if (!finishes(heads)) return [];
  const mean: Name = brandName('mean');
  const entries = heads.flatMap(({ metrics }) =>
    metrics.flatMap(({ key, code: metric }) =>
      metric.finish ? property(measureKey(key), code`(mean) => ${metric.finish(mean)}`).map((row) => row.slice(2)) : [],
    ),
  );
  return linesOf([
    '',
    '/** What becomes of measures that are no numbers yet. */',
    'const finish: Record<string, (mean: number[]) => number> = {',
    ...entries,
    '};',
  ]);
}
