/** What is known of one node: the types at its ports, its weights, what it costs. Also while others have errors. */
import type { Design, DesignNode } from '../../shared/design/schema';
import type { WeightSpec } from '../../shared/ir/initialiser';
import type { Types } from '../../shared/ir/layerDefinition';
import { sampleElements, type TensorType } from '../../shared/ir/tensorType';
import { library } from '../../shared/library';
import { parseParams } from '../../shared/passes/parseParams';
import { drawingPorts, resolveWires } from '../state/drawing/drawingPorts';
import { outputType, type LayerRows } from '../state/drawing/outputTypes';

export interface PortType {
  port: string;
  /** Null where it is not known, or where no wire leads there. */
  type: TensorType | null;
}

export interface LayerFacts {
  inputs: readonly PortType[];
  outputs: readonly PortType[];
  weights: readonly { name: string; spec: WeightSpec }[];
  trainable: number;
  nonTrainable: number;
  macs: number;
  /** Elements that stay alive for the backward pass; null where they are not known. */
  savedElements: number | null;
  /** The node whose weights it uses. */
  weightsOf: string | null;
}

export function layerFacts(design: Design, rows: LayerRows, node: DesignNode): LayerFacts {
  const inputs = inputTypes(design, rows, node);
  const outputs = (
    drawingPorts(node, design.blocks).outputs.length > 0 || node.layer === 'Output' ? outputPorts(node, design) : []
  ).map((port) => ({ port, type: outputType(design, rows, node.id, port) }));
  const totals = totalsOf(rows, new Set([node.id]));
  const facts = { inputs, outputs, ...totals, weightsOf: node.weightsOf ?? null };
  const definition = node.layer === undefined ? undefined : library.layers.get(node.layer);
  const row = rows.get(node.id);
  const known = inputs.filter((one): one is { port: string; type: TensorType } => one.type !== null);
  const values = definition && row?.outputs ? parseParams(definition.params, node.params, library).values : null;
  if (!definition || !row?.outputs || !values) return { ...facts, weights: [], savedElements: null };
  const types: Types = Object.fromEntries(known.map(({ port, type }) => [port, type]));
  const weights = Object.entries(definition.weights(values, types)).map(([name, spec]) => ({ name, spec }));
  const cost = definition.cost(values, types, row.outputs);
  const savedElements =
    cost.saved ?? Object.values(row.outputs).reduce((sum, type) => sum + (sampleElements(type) ?? 0), 0);
  return { ...facts, weights, savedElements };
}

function outputPorts(node: DesignNode, design: Design): readonly string[] {
  const { outputs } = drawingPorts(node, design.blocks);
  return outputs.length > 0 ? outputs : ['output'];
}

/** A port that takes many has one row a wire. */
function inputTypes(design: Design, rows: LayerRows, node: DesignNode): PortType[] {
  const wired = resolveWires(design)
    .filter(({ to }) => to === node.id)
    .map(({ from, fromPort, toPort }) => ({ port: toPort, type: outputType(design, rows, from, fromPort) }));
  const loose = drawingPorts(node, design.blocks)
    .inputs.filter(({ name, many }) => !many && !wired.some(({ port }) => port === name))
    .map(({ name }) => ({ port: name, type: null }));
  return [...wired, ...loose];
}

/** Of nodes of the drawing, with all that is in the blocks they call. */
export function totalsOf(
  rows: LayerRows,
  ids: ReadonlySet<string>,
): { trainable: number; nonTrainable: number; macs: number } {
  const total = { trainable: 0, nonTrainable: 0, macs: 0 };
  for (const row of rows.values()) {
    if (!ids.has(row.id.split('/', 1)[0] ?? row.id)) continue;
    total.trainable += row.trainable;
    total.nonTrainable += row.nonTrainable;
    total.macs += row.macs;
  }
  return total;
}

/** The nodes that use this one's weights. */
export function usersOf(design: Pick<Design, 'nodes'>, id: string): readonly DesignNode[] {
  return design.nodes.filter(({ weightsOf }) => weightsOf === id);
}
