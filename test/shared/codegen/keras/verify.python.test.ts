/** Scripts of every optimizer, loss and metric for Keras: losses, gradients and the state after steps are the engine's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { verifyItem } from '../../../../electron/services/export/verifyExported';
import { verifyExports, type Verified, type VerifyItem } from '../../../../electron/services/export/verifyExports';
import { runnerFor } from '../../../../electron/services/export/verifyRunner';
import { childTrainer } from '../../../../electron/services/training/childTrainer';
import { kerasTarget } from '../../../../shared/codegen/keras/kerasTarget';
import { buildOnce } from '../../../drivers/buildOnce';
import { testPython } from '../../../drivers/testPython';
import { golden, handwritten } from './handwritten';
import { python } from './kerasPython';

const root = mkdtempSync(join(tmpdir(), 'netloom-keras-verify-'));
afterAll(() => rmSync(root, { recursive: true }));
const home = join(root, 'home');
const environment = { ...process.env, NETLOOM_PYTHON: testPython() };

type Settings = Record<string, unknown>;

/** Points in the plane with a class, and with a number that is 0 or 1. */
function design(heads: readonly Settings[], training: Settings): Settings {
  const nodes = heads.flatMap(({ units, probabilities, ...params }, at) => [
    { id: `scores${at}`, layer: 'Dense', params: { units } },
    ...(probabilities ? [{ id: `parts${at}`, layer: probabilities }] : []),
    { id: `answer${at}`, name: `answer ${at}`, layer: 'Output', params },
  ]);
  const wires = heads.flatMap(({ probabilities }, at) => {
    const row = ['hidden', `scores${at}`, ...(probabilities ? [`parts${at}`] : []), `answer${at}`];
    return row.slice(1).map((to, index) => ({ from: row[index], to }));
  });
  const start = [
    { id: 'point', layer: 'Input', params: { shape: [2], field: 'point' } },
    { id: 'wide', layer: 'Dense', params: { units: 6 } },
    { id: 'norm', layer: 'BatchNorm' },
    { id: 'hidden', layer: 'Tanh' },
  ];
  return {
    netloom: 1,
    name: 'points',
    nodes: [...start, ...nodes],
    wires: [{ from: 'point', to: 'wide' }, { from: 'wide', to: 'norm' }, { from: 'norm', to: 'hidden' }, ...wires],
    training: { epochs: 3, seed: 1, ...training },
    data: { source: 'xor' },
  };
}

const classes = { units: 2, loss: 'crossEntropy', target: 'label' };
const chance = { units: 1, loss: 'binaryCrossEntropy', target: 'target' };

const optimizers: Settings[] = [
  { type: 'sgd' },
  { type: 'sgd', weightDecay: 0.1 },
  { type: 'sgd', momentum: 0.9 },
  { type: 'sgd', momentum: 0.8, nesterov: true, weightDecay: 0.05 },
  { type: 'adam', epsilon: 0.01 },
  { type: 'adam', weightDecay: 0.2, beta1: 0.8, beta2: 0.99 },
  { type: 'adamw', weightDecay: 0.3, learningRate: 0.05 },
];

const heads: Settings[][] = [
  [{ ...classes, loss: { type: 'crossEntropy', labelSmoothing: 0.1 }, metrics: ['accuracy', 'confusionMatrix'] }],
  [{ ...classes, loss: { type: 'crossEntropy', from: 'probabilities' }, probabilities: 'Softmax' }],
  [{ ...chance, loss: { type: 'binaryCrossEntropy', labelSmoothing: 0.2 } }],
  [{ ...chance, loss: { type: 'binaryCrossEntropy', from: 'probabilities' }, probabilities: 'Sigmoid' }],
  [{ ...chance, loss: 'meanSquaredError' }],
  [classes, { ...chance, weight: 0.5 }, { ...chance, loss: 'meanSquaredError', weight: 2 }],
];

const policies: Settings[] = [
  { schedule: { type: 'cosine', warmupEpochs: 0.5, finalFactor: 0.1 }, optimizer: { type: 'sgd', momentum: 0.9 } },
  { schedule: { type: 'cosine' }, accumulate: 2, clipNorm: 0.5 },
  { schedule: { type: 'step', everyEpochs: 1 }, earlyStopping: { patience: 1, minimumImprovement: 0.5 } },
  { schedule: { type: 'plateau', patience: 0 }, monitor: 'accuracy', earlyStopping: { patience: 5 } },
];

async function exported(name: string, content: Settings): Promise<VerifyItem> {
  const file = join(root, `${name}.netloom`);
  writeFileSync(file, JSON.stringify(content));
  const result = await exportDesign({ home, file, target: kerasTarget, to: join(root, name) });
  return verifyItem(result, kerasTarget);
}

function wrong({ error, checks }: Verified): unknown[] {
  return error === null ? checks.filter(({ ok }) => !ok) : [error];
}

describe('a hand-written twin', () => {
  it('has weights of the same shapes', async () => {
    const folders = handwritten.map((name) => join(golden, name));
    const found = JSON.parse(await python([join(__dirname, 'twin_shapes.py'), ...folders])) as [unknown, unknown][];
    expect(found).toHaveLength(5);
    for (const [at, [ours, theirs]] of found.entries()) expect(ours, handwritten[at]).toEqual(theirs);
  });
});

describe('exported Keras scripts', () => {
  it('lose, differentiate and step as the engine does', async () => {
    const designs = [
      ...optimizers.map((optimizer) => design([classes], { optimizer })),
      ...heads.map((each) => design(each, {})),
      design([classes], { clipNorm: 0.01, accumulate: 2, optimizer: { type: 'sgd' } }),
    ];
    const items: VerifyItem[] = [];
    for (const [at, each] of designs.entries()) items.push(await exported(`verified${at}`, each));
    const run = await runnerFor('keras', { home, environment });
    const verified = await verifyExports(items, run, { spawn: childTrainer(await buildOnce('trainer')) });
    expect(verified.map(wrong)).toEqual(designs.map(() => []));
    const compared = ['loss', 'gradients', 'update', 'statistics', 'first values'];
    for (const { checks } of verified) expect(checks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(compared));
  });

  it('run to their end with every schedule, monitor and way of stopping', async () => {
    const cases = [
      ...policies.map((policy) => design([classes], policy)),
      design(heads[5]!, { monitor: 'answer 0/accuracy' }),
    ];
    const folders: string[] = [];
    for (const [at, each] of cases.entries()) folders.push((await exported(`run${at}`, each)).folder);
    const said = await python([join(__dirname, 'run_scripts.py'), ...folders]);
    expect(said.match(/^validation: .*accuracy/gm)).toHaveLength(cases.length);
  });
});
