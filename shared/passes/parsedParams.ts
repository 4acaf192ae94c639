/** The parameters of a layer after parsing, with what was inferred from them so far. */
import type { Types } from '../ir/layerDefinition';
import type { Problem } from '../messages';
import type { InferredLayer } from './inferredLayer';

export interface ParsedParams {
  /** Every parameter with its value, or null where one of them is wrong. */
  values: Readonly<Record<string, unknown>> | null;
  problems: readonly Problem[];
  /** What was inferred with them, by input types, newest first. */
  results: readonly { inputs: Types; result: InferredLayer }[];
}
