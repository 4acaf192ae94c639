/** What a definition says of a layer: types of its outputs, weights and cost, or what does not fit. */
import type { WeightSpec } from '../ir/initialiser';
import type { LayerCost, Types } from '../ir/layerDefinition';
import type { Problem } from '../messages';

export type InferredLayer =
  | { ok: true; outputs: Types; weights: Readonly<Record<string, WeightSpec>>; cost: LayerCost }
  | { ok: false; problem: Problem };
