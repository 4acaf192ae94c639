/** The lowered drawing: functions of layers, calls and repeats, in the hierarchy that was drawn. Nothing is inferred yet. */
import type { Json } from '../messages/define';

/** An output of a sibling node. */
export interface ValueRef {
  node: string;
  port: string;
}

interface IrNodeBase {
  id: string;
  /** The label on the canvas; the id where none was given. */
  name: string;
  /** By input port, in port order (name0, name1, ... for ports that take many). */
  inputs: Readonly<Record<string, ValueRef>>;
  /** The sibling whose weights this node uses instead of its own. */
  weightsOf: string | null;
}

export interface IrLayer extends IrNodeBase {
  kind: 'layer';
  layer: string;
  /** As written: values, or expressions ("=filters * 2") over the parameters of the enclosing block. */
  params: Readonly<Record<string, Json>>;
}

/** A block, once (`times` null) or in a row: each pass takes the outputs of the one before, in port order. */
export interface IrCall extends IrNodeBase {
  kind: 'call';
  function: string;
  params: Readonly<Record<string, Json>>;
  times: Json;
}

export type IrNode = IrLayer | IrCall;

export interface IrFunction {
  id: string;
  /** Parameters with their defaults; empty for "main". */
  params: Readonly<Record<string, Json>>;
  /** A block's entries: ids of its Input nodes, in order. Empty for "main", whose Inputs are layers. */
  inputs: readonly string[];
  /** A block's exits: the id of each Output node and the value that reaches it. Empty for "main". */
  outputs: Readonly<Record<string, ValueRef>>;
  nodes: readonly IrNode[];
}

export interface Ir {
  /** By id; "main" is the drawing itself. */
  functions: ReadonlyMap<string, IrFunction>;
}

/** In a block, a reference to one of its own inputs has this node and the Input's id as port. */
export const functionInputNode = '$inputs';
