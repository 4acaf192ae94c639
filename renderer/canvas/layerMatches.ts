/** Which layers the search offers: those that take what the wire carries, or give what its free end needs. */
import type { Design } from '../../shared/design/schema';
import type { LayerDefinition } from '../../shared/ir/layerDefinition';
import { defaultsOf } from '../../shared/ir/params';
import type { TensorType } from '../../shared/ir/tensorType';
import { library } from '../../shared/library';
import { isProblem } from '../../shared/messages';
import { drawingPorts } from '../state/drawing/drawingPorts';
import { outputType, type LayerRows } from '../state/drawing/outputTypes';
import type { SearchRequest } from './canvasState';

export function matchingLayers(
  request: Pick<SearchRequest, 'wireFrom' | 'insertInto'>,
  design: Design,
  rows: LayerRows,
): readonly LayerDefinition[] {
  const { wireFrom, insertInto } = request;
  const ports = (definition: LayerDefinition): { into: boolean; out: boolean } => {
    const { inputs, outputs } = drawingPorts({ id: 'new', layer: definition.type, params: {} }, design.blocks);
    return { into: inputs.length > 0, out: outputs.length > 0 };
  };
  if (insertInto !== undefined) return library.layers.list.filter((one) => ports(one).into && ports(one).out);
  if (!wireFrom) return library.layers.list;
  if (wireFrom.side === 'in') return library.layers.list.filter((one) => ports(one).out);
  const type = outputType(design, rows, wireFrom.fixed.node, wireFrom.fixed.port);
  return library.layers.list.filter((one) => ports(one).into && (type === null || takes(one, type)));
}

/** With default parameters; where more inputs are needed than this one, nothing can be said against it yet. */
export function takes(definition: LayerDefinition, type: TensorType): boolean {
  const [first] = definition.inputs;
  if (!first) return false;
  const { name, many } = first;
  const needsMore = definition.inputs.some(({ minimum = 1 }, at) => (at === 0 ? minimum > 1 : minimum > 0));
  if (needsMore) return true;
  return !isProblem(definition.infer(defaultsOf(definition.params), { [many ? `${name}0` : name]: type }));
}

/** Newest first, then the rest in their groups. */
export function recentFirst(
  layers: readonly LayerDefinition[],
  recent: readonly string[],
): { recent: LayerDefinition[]; others: LayerDefinition[] } {
  const used = recent.flatMap((type) => layers.find((one) => one.type === type) ?? []);
  return { recent: used.slice(0, 5), others: layers.filter((one) => !used.slice(0, 5).includes(one)) };
}
