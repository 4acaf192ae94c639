/** The arithmetic of attention in tensor operations. */
import type { LayerRandom, Mode, Ops, Tensor } from '../../ir/layerDefinition';
import { affine } from '../kit/affine';
import { untracked } from '../kit/lazyGradients';

export interface AttentionContext {
  params: { heads: number; keyFeatures: number; causal: boolean; dropout: number };
  /** [batch, time, features] each; key and value have one length. */
  query: Tensor;
  key: Tensor;
  value: Tensor;
  weights: Record<string, Tensor>;
  mode: Mode;
  random: LayerRandom;
}

/** softmax(Q Kᵀ / sqrt(keyFeatures)) V in every head, the heads side by side, through the output's projection. */
export function attend(ops: Ops, context: AttentionContext): Tensor {
  const { params, query, key, value, weights } = context;
  const project = (name: string, x: Tensor): Tensor =>
    affine(ops, x, weights[`${name}Kernel`]!, weights[`${name}Bias`]);
  const split = (x: Tensor): Tensor => splitHeads(ops, x, params.heads);
  // The query is scaled, not the scores: it has fewer elements.
  const scaled = ops.mul(project('query', query), 1 / Math.sqrt(params.keyFeatures));
  const scores = ops.matMul(split(scaled), split(project('key', key)), false, true);
  const masked = params.causal ? ops.add(scores, futureMask(ops, query.shape[1]!, value.shape[1]!)) : scores;
  const dropped = dropWeights(ops, ops.softmax(masked), context);
  const gathered = ops.matMul(dropped, split(project('value', value)));
  return project('output', joinHeads(ops, gathered, params.heads));
}

/** [batch, time, heads * width] -> [batch * heads, time, width]. */
function splitHeads(ops: Ops, x: Tensor, heads: number): Tensor {
  const [batch, time, features] = x.shape as [number, number, number];
  const apart = ops.transpose(ops.reshape(x, [batch, time, heads, features / heads]), [0, 2, 1, 3]);
  return ops.reshape(apart, [batch * heads, time, features / heads]);
}

/** [batch * heads, time, width] -> [batch, time, heads * width]. */
function joinHeads(ops: Ops, x: Tensor, heads: number): Tensor {
  const [rows, time, width] = x.shape as [number, number, number];
  const together = ops.transpose(ops.reshape(x, [rows / heads, heads, time, width]), [0, 2, 1, 3]);
  return ops.reshape(together, [rows / heads, time, heads * width]);
}

/** [1, from, to]: 0 where position `from` may look, elsewhere so low that its softmax is exactly 0 in float32. */
function futureMask(ops: Ops, from: number, to: number): Tensor {
  const mask = new Float32Array(from * to);
  for (let row = 0; row < from; row++) mask.fill(-1e9, row * to + Math.min(row + 1, to), (row + 1) * to);
  return ops.tensor3d(mask, [1, from, to]);
}

/** Inverted dropout of the attention weights: in training only, and kept ones are scaled up, as in PyTorch and Keras. */
function dropWeights(ops: Ops, attention: Tensor, { params, mode, random }: AttentionContext): Tensor {
  if (mode !== 'train' || params.dropout === 0) return attention;
  const mask = untracked(ops, () => {
    const kept = ops.greaterEqual(random.uniform('dropout', attention.shape), params.dropout);
    return ops.mul(ops.cast(kept, 'float32'), 1 / (1 - params.dropout));
  });
  return ops.mul(attention, mask);
}
