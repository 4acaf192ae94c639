/** What `resolveParams` leaves: functions with their parameters bound and every layer's parameters parsed. */
import type { IrCall, IrFunction, IrLayer } from '../ir/ir';
import type { LayerDefinition } from '../ir/layerDefinition';
import type { Problem } from '../messages';
import type { ParsedParams } from './parsedParams';

export interface NodeProblem {
  node: string;
  problem: Problem;
}

export interface BoundLayer {
  kind: 'layer';
  node: IrLayer;
  /** Null where the layer is unknown. */
  definition: LayerDefinition | null;
  params: ParsedParams | null;
}

export interface BoundCall {
  kind: 'call';
  node: IrCall;
  repeated: boolean;
  /** Empty where the block is not known or its arguments are wrong. */
  iterations: readonly BoundFunction[];
}

export type BoundNode = BoundLayer | BoundCall;

/** A function with its parameters bound; one object for each (function, arguments). */
export interface BoundFunction {
  key: string;
  function: IrFunction;
  nodes: readonly BoundNode[];
  problems: readonly NodeProblem[];
  /** Layers and calls, written out; Infinity where they are too many. */
  layers: number;
}
