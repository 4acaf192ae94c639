/** Small designs whose losses, metrics and targets are of every kind that there is. */
import type { DataInfo } from '../../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { FieldInfo } from '../../../../shared/ir/trainingDefinitions';
import type { Json } from '../../../../shared/messages/define';
import { tinyProgram, type TinyLayer } from '../../../contract/runner/tinyProgram';

/** More than one batch of the script, and no multiple of it. */
export const samples = 300;

interface Measured {
  label: string;
  loss: Json;
  metrics: Json[];
  target: Omit<FieldInfo, 'name'>;
  /** Between the Input of an image of 4x4x2 and the Output. */
  layers: TinyLayer[];
}

const image: FieldInfo = { name: 'image', shape: [4, 4, 2], dtype: 'float32' };
const classes = ['red', 'green', 'blue', 'white', 'black'];
const toScores = (units: number): TinyLayer[] => [
  { id: 'flat', layer: 'Flatten' },
  { id: 'scores', layer: 'Dense', params: { units } },
];
const ofClasses = { shape: [], dtype: 'int32', classes } as const;
const allMetrics = ['accuracy', { type: 'topK', k: 2 }, 'confusionMatrix'];

const measured: readonly Measured[] = [
  { label: 'logits', loss: 'crossEntropy', metrics: allMetrics, target: ofClasses, layers: toScores(5) },
  {
    label: 'smoothed labels',
    loss: { type: 'crossEntropy', labelSmoothing: 0.2 },
    metrics: ['accuracy'],
    target: ofClasses,
    layers: toScores(5),
  },
  {
    label: 'probabilities of classes',
    loss: { type: 'crossEntropy', from: 'probabilities', labelSmoothing: 0.1 },
    metrics: allMetrics,
    target: ofClasses,
    layers: [...toScores(5), { id: 'softmax', layer: 'Softmax' }],
  },
  {
    label: 'distributions',
    loss: 'crossEntropy',
    metrics: allMetrics,
    target: { shape: [5], dtype: 'float32' },
    layers: toScores(5),
  },
  {
    label: 'a class for every pixel',
    loss: 'crossEntropy',
    metrics: allMetrics,
    target: { shape: [4, 4], dtype: 'int32', classes: classes.slice(0, 3) },
    layers: [{ id: 'scores', layer: 'Conv2D', params: { filters: 3, kernelSize: 1 } }],
  },
  {
    label: 'yes or no',
    loss: { type: 'binaryCrossEntropy', labelSmoothing: 0.1 },
    metrics: ['accuracy', 'confusionMatrix'],
    target: { shape: [], dtype: 'int32', classes: ['no', 'yes'] },
    layers: toScores(1),
  },
  {
    label: 'chances',
    loss: { type: 'binaryCrossEntropy', from: 'probabilities' },
    metrics: ['accuracy'],
    target: { shape: [4], dtype: 'float32', range: [0, 1] },
    layers: [...toScores(4), { id: 'sigmoid', layer: 'Sigmoid' }],
  },
  {
    label: 'an image',
    loss: 'meanSquaredError',
    metrics: ['meanAbsoluteError'],
    target: { shape: [4, 4, 3], dtype: 'float32' },
    layers: [{ id: 'paint', layer: 'Conv2D', params: { filters: 3, kernelSize: 3, padding: 'same' } }],
  },
];

export interface EvaluationDesign {
  label: string;
  program: CheckedProgram;
  fields: readonly FieldInfo[];
}

export function evaluationDesigns(): EvaluationDesign[] {
  return [...measured.map(oneHead), twoHeads()];
}

function oneHead({ label, loss, metrics, target, layers }: Measured): EvaluationDesign {
  const fields: FieldInfo[] = [image, { ...target, name: 'truth' }];
  const program = tinyProgram({
    layers: [
      { id: 'image', layer: 'Input', params: { shape: [4, 4, 2], field: 'image' } },
      ...layers,
      { id: 'out', layer: 'Output', params: { loss, metrics, target: 'truth' } },
    ],
    data: dataOf(fields),
  });
  return { label, program, fields };
}

/** Fields whose names are words of the script, and weights of the losses. */
function twoHeads(): EvaluationDesign {
  const fields: FieldInfo[] = [
    { ...image, name: 'means' },
    { ...ofClasses, name: 'import' },
    { name: 'np', shape: [1], dtype: 'float32' },
  ];
  const program = tinyProgram({
    layers: [
      { id: 'image', layer: 'Input', params: { shape: [4, 4, 2], field: 'means' } },
      ...toScores(5),
      { id: 'sums', layer: 'Output', params: { target: 'import', weight: 0.5, metrics: ['confusionMatrix'] } },
      { id: 'value', layer: 'Dense', params: { units: 1 }, inputs: ['flat'] },
      { id: 'evaluate', layer: 'Output', params: { loss: 'meanSquaredError', target: 'np', weight: 2 } },
    ],
    data: dataOf(fields),
  });
  return { label: 'two heads with hard names', program, fields };
}

function dataOf(fields: FieldInfo[]): DataInfo {
  return { fields, counts: { train: samples, validation: samples, test: samples } };
}
