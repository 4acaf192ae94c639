/** Heads on images and sequences: PyTorch looks for classes on another axis than we do. */
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { library } from '../../../../shared/library';
import type { NamedProgram } from '../tfjs/programsToExport';

const heads = [
  { shape: [4, 3, 2], units: 3, loss: { type: 'crossEntropy', labelSmoothing: 0.1 }, target: [4, 3], whole: true },
  {
    shape: [4, 3, 2],
    units: 3,
    loss: 'crossEntropy',
    target: [4, 3, 3],
    metrics: ['accuracy', { type: 'topK', k: 2 }],
  },
  { shape: [4, 3, 2], units: 3, loss: { type: 'crossEntropy', from: 'probabilities' }, target: [4, 3], whole: true },
  { shape: [4, 3, 2], units: 1, loss: 'binaryCrossEntropy', target: [4, 3], metrics: ['accuracy'] },
  { shape: [4, 3, 2], units: 2, loss: 'meanSquaredError', target: [4, 3, 2] },
  { shape: [5, 2], units: 3, loss: 'crossEntropy', target: [5], whole: true, metrics: ['accuracy', 'confusionMatrix'] },
  { shape: [5, 2], units: 3, loss: { type: 'crossEntropy', labelSmoothing: 0.2 }, target: [5, 3] },
  {
    ...{ shape: [5, 2], units: 3, target: [5], whole: true, metrics: [{ type: 'topK', k: 2 }] },
    loss: { type: 'crossEntropy', from: 'probabilities', labelSmoothing: 0.2 },
  },
  { shape: [5, 2], units: 1, loss: 'meanSquaredError', target: [5] },
];

export function imageHeads(): NamedProgram[] {
  return heads.map(({ shape, units, loss, target, whole = false, metrics = [] }) => {
    const nodes = [
      { id: 'x', layer: 'Input', params: { shape, field: 'x' } },
      { id: 'scores', layer: 'Dense', params: { units } },
      { id: 'parts', layer: 'Softmax' },
      { id: 'answer', layer: 'Output', params: { loss, metrics, target: 'truth' } },
    ].filter(({ id }) => id !== 'parts' || JSON.stringify(loss).includes('probabilities'));
    const wires = nodes.slice(1).map(({ id }, at) => ({ from: nodes[at]!.id, to: id }));
    const label = JSON.stringify({ shape, units, loss, target });
    const fields = [
      { name: 'x', shape, dtype: 'float32' as const },
      whole
        ? { name: 'truth', shape: target, dtype: 'int32' as const, range: [0, 2] as const }
        : { name: 'truth', shape: target, dtype: 'float32' as const, range: [0, 1] as const },
    ];
    const design = designSchema.parse({ netloom: 1, name: label, nodes, wires, training: { seed: 1 } });
    const data = { fields, counts: { train: 20, validation: 10, test: 10 } };
    const { program, diagnostics } = compile(design, library, { data });
    if (!program) throw new Error(`${label}: ${diagnostics.map(({ message }) => message).join('\n')}`);
    return { label, program };
  });
}
