/** What a layer says of its twin on each target: the code or graph that computes the same, and where its weights go. */
import type { TensorType } from '../tensorType';
import type { WeightSpec } from '../initialiser';
import type { Call, Fragment, Hole, Name } from './code';
import type { WeightTwin } from './transform';

export const targets = ['pytorch', 'keras', 'tfjs', 'onnx'] as const;
export type Target = (typeof targets)[number];

/** In which order a target holds a value of ours. */
export interface Layout {
  /** Axis i of theirs is axis `axes[i]` of ours; [0, 3, 1, 2] for an image with its channels first. */
  readonly axes: readonly number[];
  /** Of features, what a flatten of reordered axes left: entry i of theirs is entry `order[i]` of ours; null: as ours. */
  readonly order: readonly number[] | null;
}

/** Which orders of axes a layer takes, on targets whose images have channels first (PyTorch, ONNX). */
export type AxesRule =
  /** As drawn: features last. */
  | 'canonical'
  /** Channels right after the batch; gives them so. */
  | 'channelsFirst'
  /** Images with channels first, all else as drawn: what enters and leaves a network. */
  | 'border'
  /** Any, the same for all inputs, and gives the same: elementwise, or by an axis that `placed` finds. */
  | 'any'
  /** Any order of axes in which the values lie in memory as drawn (only axes of size 1 moved). */
  | 'rowMajor';

/** What becomes of reordered features (see `Layout.order`). */
export type OrderRule =
  | 'refuses'
  /** Computes every feature alike; the output has the same order. Weights along the features are reordered. */
  | 'passes'
  /** Its weights take the order up; the output is as drawn. */
  | 'absorbs'
  /** A flatten: makes an order from the axes, where all that follows can take it. */
  | 'makes';

export interface LayoutRule {
  readonly axes: AxesRule;
  readonly order: OrderRule;
}

export interface EmitInput {
  /** As drawn: channels last. */
  readonly type: TensorType;
  readonly layout: Layout;
}

export interface EmitContext<Params> {
  readonly params: Params;
  /** By port. Their layouts fit the layer's rule. */
  readonly inputs: Readonly<Record<string, EmitInput>>;
  readonly outputs: Readonly<Record<string, EmitInput>>;
  readonly weights: Readonly<Record<string, WeightSpec>>;
}

/** A function or class that generated code brings along, once, whatever needs it. */
export interface Helper {
  /** Reserved in the module before all names of the drawing. */
  readonly name: string;
  /** Whole source lines of our own; imports are listed apart. */
  readonly source: string;
  readonly imports: readonly string[];
}

/** What call code is made of: the inputs by port, and the member that the constructor made. */
export interface CallParts {
  readonly inputs: Readonly<Record<string, Fragment | Name>>;
  readonly member: Fragment | Name;
}

/** A layer of its own that stands beside a member in the flow; `suffix` is what its name adds to the member's. */
export interface Beside {
  readonly suffix: string;
  readonly layer: Call;
}

/** A twin in a programming language: a member, an operation, or both. */
export interface CodeEmission {
  /** What the constructor makes: a module, a layer. */
  readonly member?: Hole;
  /** How the member is called; `member(input)` where nothing else is said. */
  readonly call?: (parts: CallParts) => Hole;
  /** Keras and TensorFlow.js: layers that the first input passes before the member, and that its result passes after it. */
  readonly before?: readonly Beside[];
  readonly after?: readonly Beside[];
  /** The same as plain code without a member, for what has no state; networks that are no chain prefer it. */
  readonly operation?: (inputs: CallParts['inputs']) => Hole;
  /** Lines such as `from torch.nn import functional as F`, in the language's own words. */
  readonly imports?: readonly string[];
  readonly helpers?: readonly Helper[];
  readonly weights?: readonly WeightTwin[];
  /** Tensors of the target that have no twin of ours, such as a counter. Names are below the member's. */
  readonly constants?: Readonly<Record<string, { dtype: 'I64' | 'F32'; shape: readonly number[]; value: number }>>;
  /**
   * What draws new weights where the member's own first values would differ, by the name of the weight below the member.
   * `of`: the class by which members that are drawn alike can be found in a loop; null where each is named.
   */
  readonly initialise?: { readonly of: Fragment | null; readonly draws: readonly WeightDraw[] };
}

export interface WeightDraw {
  readonly theirs: string;
  /** A statement on the weight. */
  readonly draw: (weight: Fragment) => Hole;
}

export interface Unsupported {
  /** Why the target lacks it, and what to use instead: sentences. */
  readonly unsupported: string;
  readonly instead: string;
}

/** An ONNX graph under construction, as layers see it. Values are known by their names. */
export interface GraphWriter {
  readonly opset: number;
  /** A node; gives the name of its first output. */
  node: (operator: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>) => string;
  /** A node with several outputs. */
  nodes: (
    operator: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Readonly<Record<string, Attribute>>,
  ) => string[];
  /** A constant tensor; int64 where nothing else is said. */
  constant: (values: readonly number[], shape?: readonly number[], dtype?: 'int64' | 'float32' | 'int32') => string;
  /** A weight of the layer, by the name of its twin below. */
  weight: (theirs: string) => string;
  /** The samples that are handed to the layer, an input of the whole graph: for layers without inputs of their own. */
  samples: (port: string) => string;
}

/** Numbers are floats where `{float}` says so, else integers. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface GraphEmission {
  readonly weights?: readonly WeightTwin[];
  /** Adds the nodes; gives the name of the output by port. `dtype` of the inputs is that of their types. */
  readonly build: (graph: GraphWriter, inputs: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

/** A function a target; the writer calls it once a layer instance. */
export interface LayerEmit<Params> {
  readonly layout: LayoutRule | ((context: { params: Params; inputs: Record<string, TensorType> }) => LayoutRule);
  readonly pytorch: (context: EmitContext<Params>) => CodeEmission | Unsupported;
  readonly keras: (context: EmitContext<Params>) => CodeEmission | Unsupported;
  readonly tfjs: (context: EmitContext<Params>) => CodeEmission | Unsupported;
  readonly onnx: (context: EmitContext<Params>) => GraphEmission | Unsupported;
}

/** Where an axis of ours lies on the target. */
export function placed({ axes }: Layout, axis: number): number {
  const rank = axes.length;
  return axes.indexOf(axis < 0 ? axis + rank : axis);
}

/** True where a value is held as drawn. */
export function isCanonical({ axes, order }: Layout): boolean {
  return order === null && axes.every((axis, at) => axis === at);
}
