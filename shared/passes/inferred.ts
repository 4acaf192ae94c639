/** What `inferTypes` leaves: every value's type as far as it can be known, and whole instances where nothing is wrong. */
import type { FunctionInstance, Instance } from '../ir/program';
import type { TensorType } from '../ir/tensorType';
import type { BoundFunction, BoundNode, NodeProblem } from './bound';

export interface InferredNode {
  bound: BoundNode;
  /** Null where the node is wrong, or something before it. */
  instance: Instance | null;
  /** The passes of a call, as far as they could be inferred; equal passes are one object. */
  iterations: readonly InferredFunction[];
}

export interface InferredFunction {
  bound: BoundFunction;
  nodes: readonly InferredNode[];
  /** In the order of the function's outputs; null where the type is not known. */
  outputs: readonly (TensorType | null)[];
  problems: readonly NodeProblem[];
  /** Null unless every node has one. */
  instance: FunctionInstance | null;
}
