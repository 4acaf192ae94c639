/** Programs that together make every piece of code that the TensorFlow.js target can write. */
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { layerRegistry } from '../../../../shared/layers/registry';
import { library } from '../../../../shared/library';
import { sampleProgram } from '../../../contract/runner/sampleDesigns';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exampleProgram } from '../exampleProgram';

export interface NamedProgram {
  label: string;
  program: CheckedProgram;
}

export function examplePrograms(): NamedProgram[] {
  return layerRegistry.list.flatMap((definition) =>
    definition.examples.map((example) => ({
      label: `${definition.type}: ${example.name}`,
      program: exampleProgram(definition, example),
    })),
  );
}

export async function goldenPrograms(): Promise<NamedProgram[]> {
  const programs: NamedProgram[] = [];
  for (const label of goldenNames) {
    const { program, data } = await openGolden(label);
    data?.close();
    programs.push({ label, program });
  }
  return programs;
}

const optimizers = [
  { type: 'sgd' },
  { type: 'sgd', weightDecay: 0.001 },
  { type: 'sgd', momentum: 0.9 },
  { type: 'sgd', momentum: 0.9, nesterov: true },
  { type: 'sgd', momentum: 0.8, nesterov: true, weightDecay: 0.01 },
  { type: 'adam', epsilon: 1e-6 },
  { type: 'adam', weightDecay: 0.02 },
  { type: 'adamw' },
  { type: 'adamw', weightDecay: 0 },
];

const policies = [
  { schedule: { type: 'step', everyEpochs: 3 }, clipNorm: 1 },
  { schedule: { type: 'cosine', warmupEpochs: 0.5, finalFactor: 0.1 }, accumulate: 3, clipNorm: 0.5 },
  { schedule: { type: 'cosine' }, accumulate: 2, earlyStopping: { patience: 4, minimumImprovement: 0.001 } },
  { schedule: { type: 'plateau' }, monitor: 'accuracy', earlyStopping: { patience: 2 } },
  { schedule: 'constant' },
];

export function trainingPrograms(): NamedProgram[] {
  return [...optimizers.map((optimizer) => ({ optimizer })), ...policies].map((change) => ({
    label: JSON.stringify(change),
    program: sampleProgram('digits-cnn', change),
  }));
}

interface Setting {
  loss: unknown;
  metrics?: readonly unknown[];
  target?: string;
  units?: number;
  probabilities?: boolean;
}

/** A loss with its metrics, and what its output and target are like. */
const heads: readonly Setting[] = [
  {
    loss: { type: 'crossEntropy', labelSmoothing: 0.1 },
    metrics: ['accuracy', { type: 'topK', k: 2 }, 'confusionMatrix'],
  },
  { loss: { type: 'crossEntropy', from: 'probabilities' }, metrics: ['accuracy'], probabilities: true },
  { loss: { type: 'crossEntropy', from: 'probabilities', labelSmoothing: 0.2 }, probabilities: true },
  { loss: 'crossEntropy', target: 'parts', metrics: ['accuracy', { type: 'topK', k: 3 }] },
  { loss: { type: 'crossEntropy', labelSmoothing: 0.3 }, target: 'parts', metrics: ['confusionMatrix'] },
  { loss: { type: 'binaryCrossEntropy', labelSmoothing: 0.1 }, target: 'parts', metrics: ['accuracy'] },
  { loss: { type: 'binaryCrossEntropy', from: 'probabilities' }, target: 'parts', probabilities: true },
  {
    loss: { type: 'binaryCrossEntropy', from: 'probabilities', labelSmoothing: 0.4 },
    target: 'parts',
    probabilities: true,
  },
  { loss: 'binaryCrossEntropy', target: 'yes', units: 1, metrics: ['accuracy', 'confusionMatrix'] },
  { loss: 'meanSquaredError', target: 'parts', metrics: ['meanAbsoluteError'] },
  { loss: 'meanSquaredError', target: 'yes', units: 1 },
];

const data = {
  fields: [
    { name: 'x', shape: [6], dtype: 'float32' as const },
    { name: 'label', shape: [], dtype: 'int32' as const, classes: ['a', 'b', 'c', 'd'], range: [0, 3] as const },
    { name: 'parts', shape: [4], dtype: 'float32' as const, range: [0, 1] as const },
    { name: 'yes', shape: [], dtype: 'float32' as const, range: [0, 1] as const },
  ],
  counts: { train: 20, validation: 10, test: 10 },
};

export function headPrograms(): NamedProgram[] {
  return heads.map((head) => {
    const { units = 4, probabilities = false, target = 'label', ...params } = head;
    const nodes = [
      { id: 'x', layer: 'Input', params: { shape: [6], field: 'x' } },
      { id: 'scores', layer: 'Dense', params: { units } },
      ...(probabilities ? [{ id: 'parts', layer: 'Softmax' }] : []),
      { id: 'answer', layer: 'Output', params: { ...params, target } },
    ];
    const wires = nodes.slice(1).map(({ id }, at) => ({ from: nodes[at]!.id, to: id }));
    const design = designSchema.parse({ netloom: 1, name: JSON.stringify(head), nodes, wires, training: { seed: 1 } });
    const { program, diagnostics } = compile(design, library, { data });
    if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    return { label: JSON.stringify(head), program };
  });
}
