/** Small programs for the contract of runners: a list of layers, wired one after another where nothing else is said. */
import { compile } from '../../../shared/compile';
import { designSchema } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { LayerDefinition } from '../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { createRegistry } from '../../../shared/ir/registry';
import { library } from '../../../shared/library';
import type { Json } from '../../../shared/messages/define';

export interface TinyLayer {
  id: string;
  layer: string;
  params?: Record<string, Json>;
  /** Ids of the layers whose outputs it takes; default: the layer before. */
  inputs?: string[];
  weightsOf?: string;
}

export interface TinyDesign {
  layers: TinyLayer[];
  data: DataInfo;
  training?: Record<string, Json>;
  /** Definitions that the library does not have. */
  extra?: LayerDefinition[];
}

export function tinyProgram({ layers, data, training, extra = [] }: TinyDesign): CheckedProgram {
  const wires = layers.flatMap(({ id, layer, inputs }, at) => {
    const before = layer === 'Input' ? [] : [layers[at - 1]?.id ?? ''];
    return (inputs ?? before).map((from) => ({ from, to: id }));
  });
  const nodes = layers.map(({ id, layer, params = {}, weightsOf }) => ({ id, layer, params, weightsOf }));
  const design = designSchema.parse({
    netloom: 1,
    nodes,
    wires,
    training: { batchSize: 8, seed: 1, ...training },
  });
  const extended = { ...library, layers: createRegistry([...library.layers.list, ...extra]) };
  const { program, diagnostics } = compile(design, extended, { data });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}
