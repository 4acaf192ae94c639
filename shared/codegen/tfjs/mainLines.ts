/** The loop of an exported training script: epochs, schedule, validation, the best weights, early stopping. */
import { code, occurrences } from '../../ir/emit/code';
import type { CheckedProgram } from '../../ir/program';
import { printStatement } from '../printCode';
import { typescript } from '../typescript';
import { scriptNames, type TrainingParts } from './trainingParts';

export function mainLines({ training }: CheckedProgram, parts: TrainingParts): string[] {
  const { accumulate, earlyStopping, monitorDirection } = training;
  const looksBack = parts.schedule.moves === 'monitor';
  const model = parts.optimizer.decays ? 'model' : '';
  const perUpdate = accumulate > 1 ? '(batchSize * accumulate)' : 'batchSize';
  const monitored = `${monitorDirection === 'up' ? '-' : ''}measures${member(parts.monitor)}`;
  return [
    'async function main(): Promise<void> {',
    '  // tfjs-node 4.22 still calls a function that Node 23 took away.',
    '  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null });',
    `  await import('@tensorflow/tfjs-node');`,
    `  const [train, validation, test] = [loadPart('train'), loadPart('validation'), loadPart('test')];`,
    `  if (!train) throw new Error('There are no arrays to train on in the folder data.');`,
    '  const model = createModel();',
    `  const optimizer = createOptimizer(${model});`,
    ...scheduleLines(parts, perUpdate),
    ...(looksBack ? ['  const history: number[] = [];'] : []),
    '  let best: { value: number; weights: tf.Tensor[] } | null = null;',
    ...(earlyStopping ? ['  let [reference, stalled] = [Infinity, 0];'] : []),
    ...(counts(parts) ? ['  let update = 0;'] : []),
    '  for (let epoch = 1; epoch <= epochs; epoch += 1) {',
    '    let total = 0;',
    '    const order = tf.util.createShuffledIndices(train.size);',
    ...(accumulate > 1 ? accumulatingLoop(parts) : plainLoop(parts)),
    '    const row = `epoch ${epoch}/${epochs}: loss ${(total / train.size).toFixed(4)}`;',
    '    if (!validation) {',
    '      console.log(row);',
    '      continue;',
    '    }',
    '    const measures = evaluate(model, validation);',
    '    console.log(`${row}; validation ${describe(measures)}`);',
    `    const value = ${monitored};`,
    ...(looksBack ? ['    history.push(value);'] : []),
    '    if (!best || value < best.value) {',
    '      tf.dispose(best?.weights ?? []);',
    '      best = { value, weights: model.getWeights().map((weight) => weight.clone()) };',
    '    }',
    ...(earlyStopping ? stoppingLines(earlyStopping.minimumImprovement > 0) : []),
    '  }',
    '  if (best) model.setWeights(best.weights);',
    '  if (validation) console.log(`best: validation ${describe(evaluate(model, validation))}`);',
    '  if (test) console.log(`best: test ${describe(evaluate(model, test))}`);',
    `  await saveWeights(model, 'trained');`,
    '}',
    '',
    'if (require.main === module) void main();',
  ];
}

/** Whether the schedule counts updates. */
function counts({ schedule }: TrainingParts): boolean {
  return schedule.moves === 'update' || schedule.moves === 'epoch';
}

/** How a measure is read from the record. */
function member(key: string): string {
  return /^\w+$/.test(key) ? `.${key}` : `['${key}']`;
}

function scheduleLines({ schedule }: TrainingParts, perUpdate: string): string[] {
  const uses = (name: keyof typeof scriptNames): boolean => occurrences(schedule.expression, scriptNames[name]) > 0;
  const total = uses('totalUpdates');
  return [
    ...(total || uses('updatesPerEpoch') ? [`  const updatesPerEpoch = Math.ceil(train.size / ${perUpdate});`] : []),
    ...(total ? ['  const totalUpdates = epochs * updatesPerEpoch;'] : []),
  ];
}

function rateLines({ schedule }: TrainingParts): string[] {
  if (schedule.moves === 'never') return [];
  return [
    ...printStatement(typescript, code`const factor = ${schedule.expression};`, 3),
    '      optimizer.setLearningRate(learningRate * factor);',
  ];
}

function plainLoop(parts: TrainingParts): string[] {
  return [
    '    for (const batch of batchesOf(train, order, batchSize)) {',
    ...rateLines(parts),
    '      const loss = trainStep(model, optimizer, batch);',
    '      total += loss.dataSync()[0] * batch.size;',
    '      tf.dispose([loss, batch.inputs, batch.targets]);',
    ...(counts(parts) ? ['      update += 1;'] : []),
    '    }',
  ];
}

function accumulatingLoop(parts: TrainingParts): string[] {
  return [
    '    for (let start = 0; start < order.length; start += batchSize * accumulate) {',
    '      const positions = order.subarray(start, start + batchSize * accumulate);',
    '      const batches = [...batchesOf(train, positions, batchSize)];',
    ...rateLines(parts),
    '      const loss = trainStep(model, optimizer, batches);',
    '      total += loss.dataSync()[0] * positions.length;',
    '      tf.dispose(loss);',
    '      for (const batch of batches) tf.dispose([batch.inputs, batch.targets]);',
    ...(counts(parts) ? ['      update += 1;'] : []),
    '    }',
  ];
}

function stoppingLines(atLeast: boolean): string[] {
  return [
    `    const improved = value < reference${atLeast ? ' - minimumImprovement' : ''};`,
    '    if (improved) reference = value;',
    '    stalled = improved ? 0 : stalled + 1;',
    '    if (stalled >= patience) break;',
  ];
}
