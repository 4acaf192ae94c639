/** An example of a layer as a whole program: an Input for each port, the layer, an Output. */
import { compile } from '../../../shared/compile';
import { designSchema } from '../../../shared/design/schema';
import type { LayerDefinition, LayerExample } from '../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { createRegistry } from '../../../shared/ir/registry';
import { sampleSizes, type TensorType } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import { defineLoss } from '../../../shared/losses/define';

/** Takes outputs of every type: what is compared here is outputs alone. */
const anyLoss = defineLoss({
  type: 'anything',
  title: 'Anything',
  aliases: [],
  summary: '',
  params: {},
  defaultMetrics: [],
  check: () => null,
  build: (ops, _params, output) => ops.mean(ops.reshape(output, [output.shape[0], -1]), 1),
});

/** The library, and a loss that takes outputs of every type. */
export const withAnyLoss = { ...library, losses: createRegistry([...library.losses.list, anyLoss]) };

export function exampleProgram(definition: LayerDefinition, example: LayerExample): CheckedProgram {
  const inputs = Object.entries(example.inputs).map(([port, type]) => inputNode(port, type));
  const layer = { id: 'layer', name: `the ${definition.title}`, layer: definition.type, params: example.params };
  const output = { id: 'result', layer: 'Output', params: { loss: 'anything' } };
  const isOutput = definition.type === 'Output';
  const toLayer = inputs.map(({ id }) => ({ from: id, to: isOutput ? 'result' : `layer:${id}` }));
  const design = designSchema.parse({
    netloom: 1,
    name: `${definition.type}: ${example.name}`,
    nodes: isOutput ? [...inputs, output] : [...inputs, layer, output],
    wires: isOutput ? toLayer : [...toLayer, { from: 'layer', to: 'result' }],
    training: { seed: 1 },
  });
  const { program, diagnostics } = compile(design, withAnyLoss);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

function inputNode(port: string, type: TensorType): { id: string; layer: string; params: Record<string, unknown> } {
  return { id: port, layer: 'Input', params: { shape: sampleSizes(type), dtype: type.dtype } };
}
