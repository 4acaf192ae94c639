/**
 * The order of axes in which a target holds every value. Images have channels first on PyTorch and ONNX; a value is
 * converted only where a layer cannot take it as it is, and what a flatten leaves in another order is taken up by the
 * weights of the layers that follow, where all of them can.
 */
import type { FunctionInstance, Instance, LayerInstance } from '../ir/program';
import type { Layout, LayoutRule } from '../ir/emit/emission';
import type { ValueRef } from '../ir/ir';
import type { TensorType } from '../ir/tensorType';
import { mapped } from './mapped';

export interface PlacedInput {
  readonly ref: ValueRef;
  readonly type: TensorType;
  /** As it is, and as the node takes it: where they differ, the axes are permuted on the way. */
  readonly from: Layout;
  readonly to: Layout;
}

export interface PlacedNode {
  readonly node: Instance;
  readonly inputs: Readonly<Record<string, PlacedInput>>;
  readonly outputs: Readonly<Record<string, Layout>>;
}

export interface PlacedFunction {
  readonly instance: FunctionInstance;
  readonly nodes: readonly PlacedNode[];
  readonly inputs: Readonly<Record<string, Layout>>;
  readonly outputs: Readonly<Record<string, PlacedInput>>;
}

export function canonical(type: TensorType): Layout {
  return { axes: type.dims.map((_, axis) => axis), order: null };
}

/** Channels right after the batch. */
export function channelsFirst(type: TensorType): Layout {
  const rank = type.dims.length;
  if (rank < 3) return canonical(type);
  return { axes: [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, at) => at + 1)], order: null };
}

/** What enters and leaves networks and blocks: images with channels first. */
function border(type: TensorType): Layout {
  return type.dims.length === 4 ? channelsFirst(type) : canonical(type);
}

export function placeFunction(instance: FunctionInstance, images: 'channelsFirst' | 'channelsLast'): PlacedFunction {
  return images === 'channelsFirst' ? place(instance) : asDrawn(instance);
}

function asDrawn(instance: FunctionInstance): PlacedFunction {
  const each = (types: Record<string, TensorType>): Record<string, Layout> => mapped(types, canonical);
  const taken = (ref: ValueRef, type: TensorType): PlacedInput => {
    const layout = canonical(type);
    return { ref, type, from: layout, to: layout };
  };
  return {
    instance,
    nodes: instance.nodes.map((node) => ({
      node,
      inputs: mapped(node.inputs, (ref, port) => taken(ref, node.inputTypes[port] as TensorType)),
      outputs: each(node.outputTypes),
    })),
    inputs: each(instance.inputTypes),
    outputs: mapped(instance.outputs, (ref, port) => taken(ref, instance.outputTypes[port] as TensorType)),
  };
}

function place(instance: FunctionInstance): PlacedFunction {
  const known = new Map<string, Layout>();
  const inputs = mapped(instance.inputTypes, border);
  for (const [port, layout] of Object.entries(inputs)) known.set(keyOf({ node: '$inputs', port }), layout);
  const layoutOf = (ref: ValueRef, type: TensorType): Layout => known.get(keyOf(ref)) ?? canonical(type);
  const consumers = consumersOf(instance);
  const nodes = instance.nodes.map((node): PlacedNode => {
    const given = mapped(node.inputs, (ref, port) => layoutOf(ref, node.inputTypes[port] as TensorType));
    const { to, outputs } =
      node.kind === 'call'
        ? { to: mapped(node.inputTypes, border), outputs: mapped(node.outputTypes, border) }
        : placeLayer(node, given, (ref) => takesOrder(ref, consumers));
    for (const [port, layout] of Object.entries(outputs)) known.set(keyOf({ node: node.id, port }), layout);
    const placedInputs = mapped(node.inputs, (ref, port): PlacedInput => {
      const [from, wanted] = [given[port] as Layout, to[port] as Layout];
      return { ref, type: node.inputTypes[port] as TensorType, from, to: wanted };
    });
    return { node, inputs: placedInputs, outputs };
  });
  const outputs = mapped(instance.outputs, (ref, port): PlacedInput => {
    const type = instance.outputTypes[port] as TensorType;
    return { ref, type, from: layoutOf(ref, type), to: border(type) };
  });
  return { instance, nodes, inputs, outputs };
}

type Layouts = Record<string, Layout>;

function placeLayer(
  node: LayerInstance,
  given: Layouts,
  orderIsTaken: (ref: ValueRef) => boolean,
): { to: Layouts; outputs: Layouts } {
  const { axes, order } = ruleOf(node);
  const types = node.inputTypes;
  const kept = (layout: Layout, port: string): Layout => ({
    ...layout,
    order: order === 'passes' || order === 'absorbs' ? (given[port]?.order ?? null) : null,
  });
  const results = (to: Layouts, place: (type: TensorType) => Layout): { to: Layouts; outputs: Layouts } => {
    const passed = order === 'passes' ? (Object.values(to)[0]?.order ?? null) : null;
    return { to, outputs: mapped(node.outputTypes, (type) => ({ ...place(type), order: passed })) };
  };
  switch (axes) {
    case 'canonical':
    case 'channelsFirst':
    case 'border': {
      const place = axes === 'canonical' ? canonical : axes === 'border' ? border : channelsFirst;
      return results(
        mapped(types, (type, port) => kept(place(type), port)),
        place,
      );
    }
    case 'any': {
      const all = Object.values(given);
      const first = all[0];
      const same = all.every((layout) => equalAxes(layout, first));
      const to = mapped(types, (type, port) => (same ? (given[port] as Layout) : border(type)));
      const shown = Object.values(to)[0];
      const like = (type: TensorType): Layout => (shown?.axes.length === type.dims.length ? shown : canonical(type));
      return results(to, like);
    }
    case 'rowMajor':
      return placeReshape(node, given, order === 'makes' && orderIsTaken({ node: node.id, port: 'output' }));
  }
}

/** A reshape or flatten reads memory in order: what lies there otherwise is permuted before, or its order handed on. */
function placeReshape(node: LayerInstance, given: Layouts, mayReorder: boolean): { to: Layouts; outputs: Layouts } {
  const type = Object.values(node.inputTypes)[0] as TensorType;
  const layout = Object.values(given)[0] as Layout;
  const outputs = mapped(node.outputTypes, canonical);
  if (isRowMajor(layout, type)) return { to: given, outputs };
  if (!mayReorder) return { to: mapped(node.inputTypes, canonical), outputs };
  return { to: given, outputs: mapped(outputs, (output) => ({ ...output, order: orderLeft(layout, type) })) };
}

/** Whether every layer that the value reaches can take reordered features up. */
function takesOrder(ref: ValueRef, consumers: Consumers): boolean {
  const users = consumers.get(keyOf(ref)) ?? [];
  return (
    users.length > 0 &&
    users.every((user) => {
      if (user === 'output' || user.kind === 'call' || user.shared || Object.keys(user.node.inputs).length > 1)
        return false;
      const { order } = ruleOf(user.node);
      if (order === 'absorbs') return true;
      return order === 'passes' && takesOrder({ node: user.node.id, port: 'output' }, consumers);
    })
  );
}

type User = { kind: 'layer'; node: LayerInstance; shared: boolean } | { kind: 'call' } | 'output';
type Consumers = ReadonlyMap<string, readonly User[]>;

function consumersOf(instance: FunctionInstance): Consumers {
  const owners = new Set(instance.nodes.flatMap(({ weightsOf }) => (weightsOf === null ? [] : [weightsOf])));
  const consumers = new Map<string, User[]>();
  const add = (ref: ValueRef, user: User): void => {
    const known = consumers.get(keyOf(ref));
    if (known) known.push(user);
    else consumers.set(keyOf(ref), [user]);
  };
  for (const node of instance.nodes) {
    // Weights that several nodes use cannot follow the order that one of them receives.
    const shared = node.weightsOf !== null || owners.has(node.id);
    const user: User = node.kind === 'layer' ? { kind: 'layer', node, shared } : { kind: 'call' };
    for (const ref of Object.values(node.inputs)) add(ref, user);
  }
  for (const ref of Object.values(instance.outputs)) add(ref, 'output');
  return consumers;
}

function ruleOf({ definition, params, inputTypes }: LayerInstance): LayoutRule {
  const rule = definition.emit.layout;
  return typeof rule === 'function' ? rule({ params, inputs: inputTypes }) : rule;
}

export function keyOf({ node, port }: ValueRef): string {
  return `${node}:${port}`;
}

export function sameLayout(a: Layout, b: Layout): boolean {
  return equalAxes(a, b) && a.order === b.order;
}

function equalAxes(a: Layout, b: Layout | undefined): boolean {
  return b !== undefined && a.axes.length === b.axes.length && a.axes.every((axis, at) => axis === b.axes[at]);
}

/** Whether the values lie in memory as drawn: only axes of size 1 have moved. */
function isRowMajor({ axes }: Layout, { dims }: TensorType): boolean {
  const moved = axes.filter((axis) => dims[axis]?.size !== 1);
  return moved.every((axis, at) => at === 0 || axis > (moved[at - 1] as number));
}

/** Of a sample with known sizes: entry i in memory is entry `order[i]` as drawn. */
function orderLeft({ axes }: Layout, { dims }: TensorType): number[] {
  const sizes = dims.map(({ size }) => size as number);
  const stride = (axis: number): number => sizes.slice(axis + 1).reduce((all, size) => all * size, 1);
  return axes
    .slice(1)
    .reduce<number[]>(
      (order, axis) =>
        order.flatMap((start) => Array.from({ length: sizes[axis] as number }, (_, at) => start + at * stride(axis))),
      [0],
    );
}
