/** A design in which everything that a user can name has a name, and one for any names: what must not become code. */
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { library } from '../../../../shared/library';

/** Names of the design, its notes, its nodes, its classes and the fields of its data, in any order. */
export const nameCount = 20;

export function namedProgram(names: readonly string[]): CheckedProgram {
  let next = 0;
  const name = (): string => names[next++ % names.length] ?? '';
  // Fields are told apart by their names.
  const field = (suffix: string): string => `${name()}${suffix}`;
  const [image, words, kind, grams] = ['a', 'b', 'c', 'd'].map(field) as [string, string, string, string];
  const nodes = [
    { id: 'image', layer: 'Input', params: { shape: [6, 6, 2], field: image } },
    { id: 'words', layer: 'Input', params: { shape: [3], dtype: 'int32', field: words } },
    { id: 'conv', layer: 'Conv2D', params: { filters: 4, strides: 2, padding: 'same' } },
    { id: 'norm', layer: 'BatchNorm' },
    { id: 'seen', layer: 'Flatten' },
    { id: 'table', layer: 'Embedding', params: { vocabulary: 8, features: 4 } },
    { id: 'attention', layer: 'MultiHeadAttention', params: { heads: 2, keyFeatures: 2, causal: true } },
    { id: 'told', layer: 'Flatten' },
    { id: 'join', layer: 'Concatenate' },
    { id: 'stage', block: 'step', times: 2 },
    { id: 'scores', layer: 'Dense', params: { units: 3 } },
    { id: 'weight', layer: 'Dense', params: { units: 1 } },
    { id: 'kind', layer: 'Output', params: { target: kind, metrics: ['accuracy', 'confusionMatrix'] } },
    { id: 'grams', layer: 'Output', params: { target: grams, loss: 'meanSquaredError', weight: 0.5 } },
  ].map((node) => ({ ...node, name: name() }));
  const wires = [
    ...['image conv', 'conv norm', 'norm seen', 'words table', 'table attention', 'attention told', 'seen join'],
    ...['told join', 'join stage', 'stage scores', 'stage weight', 'scores kind', 'weight grams'],
  ].map(wire);
  const step = {
    title: name(),
    params: {},
    nodes: [
      { id: 'x', layer: 'Input', name: name() },
      { id: 'dense', layer: 'Dense', name: name(), params: { units: 48 } },
      { id: 'sum', layer: 'Add', name: name() },
      { id: 'y', layer: 'Output' },
    ],
    wires: ['x dense', 'x sum', 'dense sum', 'sum y'].map(wire),
  };
  const training = { seed: 1, optimizer: 'adamw', clipNorm: 1, earlyStopping: { patience: 2 } };
  const design = { netloom: 1, name: name(), notes: name(), nodes, wires, blocks: { step }, training };
  const fields = [
    { name: image, shape: [6, 6, 2], dtype: 'float32' as const },
    { name: words, shape: [3], dtype: 'int32' as const, range: [0, 7] as const },
    { name: kind, shape: [], dtype: 'int32' as const, classes: [name(), name(), name()], range: [0, 2] as const },
    { name: grams, shape: [], dtype: 'float32' as const },
  ];
  const data = { fields, counts: { train: 20, validation: 10, test: 10 } };
  const { program, diagnostics } = compile(designSchema.parse(design), library, { data });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

function wire(ends: string): { from: string; to: string } {
  const [from = '', to = ''] = ends.split(' ');
  return { from, to };
}
