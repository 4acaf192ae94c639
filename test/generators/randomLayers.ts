/** Random steps of a drawing: one layer after another value, branches that meet, attention, weights used twice. */
import { sameSizes, sampleSizes, typeKey, type TensorType } from '../../shared/ir/tensorType';
import type { Json } from '../../shared/messages/define';
import type { LayerNode } from '../../shared/design/schema';
import type { Choices } from './choices';
import { addLayer, typeOf, type Sketch, type Value } from './sketch';

type Params = Record<string, Json>;

function width(choices: Choices, sketch: Sketch): Json {
  return 'width' in sketch.scope && choices.chance(60)
    ? choices.pick(['=width', '=width * 2', '=max(width, 3)'])
    : 1 + choices.below(5);
}

/** By layer: parameters that may suit an input; what does not is refused when it is added. */
const recipes: Readonly<Record<string, (choices: Choices, sketch: Sketch, input: TensorType) => Params>> = {
  Conv2D: (choices, sketch, input) => {
    const channels = Number(sampleSizes(input)[2]);
    const grouped = choices.chance(25) && channels > 1;
    return {
      filters: grouped ? channels : width(choices, sketch),
      kernelSize: choices.pick<Json>([1, 2, 3, [3, 1]]),
      padding: choices.pick<Json>(['same', 'valid', 1]),
      ...(grouped
        ? { groups: channels }
        : choices.pick<Params>([{}, { strides: 2 }, { dilation: 2 }, { bias: false }])),
    };
  },
  DepthwiseConv2D: (choices) => ({
    kernelSize: choices.pick([2, 3]),
    padding: 'same',
    multiplier: 1 + choices.below(2),
  }),
  Dense: (choices, sketch) => ({ units: width(choices, sketch), ...(choices.chance(30) ? { bias: false } : {}) }),
  BatchNorm: () => ({}),
  LayerNorm: (choices) => ({ axes: choices.pick(['channels', 'sample']) }),
  ReLU: () => ({}),
  LeakyReLU: (choices, sketch) => ({
    slope: 'index' in sketch.scope ? '=0.1 * (index + 1)' : choices.pick([0.01, 0.2]),
  }),
  GELU: (choices) => ({ form: choices.pick(['exact', 'tanh']) }),
  Sigmoid: () => ({}),
  Tanh: () => ({}),
  Softmax: () => ({}),
  MaxPool2D: (choices) => ({ poolSize: 2, padding: choices.pick(['same', 'valid']) }),
  AveragePool2D: (choices) => ({ poolSize: choices.pick([2, 3]), strides: 1, padding: 'same' }),
  GlobalAveragePool2D: () => ({}),
  Flatten: () => ({}),
  Reshape: (choices) => ({ shape: choices.pick([[-1], [-1, 1], [-1, 2], [2, -1], [-1, 2, 1]]) }),
  ZeroPadding2D: (choices) => ({
    padding: choices.pick<Json>([
      1,
      [
        [1, 0],
        [0, 1],
      ],
    ]),
  }),
  Dropout: (choices) => ({ rate: choices.pick([0, 0.2, 0.5]) }),
  Embedding: (choices) => ({ vocabulary: vocabulary, features: 1 + choices.below(4) }),
  MultiHeadAttention: (choices) => ({
    heads: 1 + choices.below(2),
    keyFeatures: 1 + choices.below(3),
    causal: choices.chance(40),
  }),
};

/** How many different indices an int32 Input may carry. */
export const vocabulary = 7;

const unary = Object.keys(recipes);

/** One of the values, the newest ones more often. */
function someValue(choices: Choices, sketch: Sketch): Value {
  const { values } = sketch;
  return values[values.length - 1 - Math.min(choices.below(values.length), choices.below(values.length))] as Value;
}

/** Some layer after some value; tries a few until one fits. */
export function addUnary(choices: Choices, sketch: Sketch, layers: readonly string[] = unary): Value | null {
  for (let attempt = 0; attempt < 8; attempt++) {
    const value = someValue(choices, sketch);
    const layer = choices.pick(layers);
    const params = recipes[layer]?.(choices, sketch, value.type) ?? {};
    const added = addLayer(sketch, layer, params, [value]);
    if (added) return added;
  }
  return null;
}

/** Add or Multiply of values of one type, or Concatenate of values that fit beside each other. */
function addMerge(choices: Choices, sketch: Sketch): Value | null {
  const first = someValue(choices, sketch);
  const layer = choices.pick(['Add', 'Multiply', 'Concatenate']);
  const fits = (value: Value): boolean => typeOf(layer, {}, [first.type, value.type]) !== null;
  const others = sketch.values.filter((value) => value !== first && fits(value));
  if (others.length === 0) return addSkip(choices, sketch, first);
  const second = choices.pick(others);
  const third = choices.pick(others);
  return addLayer(sketch, layer, {}, choices.chance(30) && third !== second ? [first, second, third] : [first, second]);
}

/** A layer that keeps the type, and the sum of both ways around it. */
function addSkip(choices: Choices, sketch: Sketch, from?: Value): Value | null {
  const value = from ?? someValue(choices, sketch);
  const sizes = sampleSizes(value.type);
  const last = sizes[sizes.length - 1];
  if (value.type.dtype !== 'float32' || typeof last !== 'number') return null;
  const around =
    sizes.length === 3
      ? addLayer(sketch, 'Conv2D', { filters: last, kernelSize: 3, padding: 'same' }, [value])
      : addLayer(sketch, 'Dense', { units: last }, [value]);
  return around && addLayer(sketch, choices.pick(['Add', 'Multiply']), {}, [around, value]);
}

/** Cross-attention between two sequences of one width, where there are such. */
function addCrossAttention(choices: Choices, sketch: Sketch): Value | null {
  const sequences = sketch.values.filter(({ type }) => type.dims.length === 3 && type.dtype === 'float32');
  if (sequences.length === 0) return null;
  const [query, value] = [choices.pick(sequences), choices.pick(sequences)];
  return addLayer(sketch, 'MultiHeadAttention', { heads: 2, keyFeatures: 2 }, [query, value]);
}

const weighted = ['Conv2D', 'DepthwiseConv2D', 'Dense', 'BatchNorm', 'LayerNorm', 'Embedding'];

/** Uses the weights of an earlier layer again, on a value of the same type as that layer's input. */
function addSharing(choices: Choices, sketch: Sketch): Value | null {
  const owners = sketch.nodes.filter(
    (node): node is LayerNode =>
      node.layer !== undefined && weighted.includes(node.layer) && node.weightsOf === undefined,
  );
  if (owners.length === 0) return null;
  const owner = choices.pick(owners);
  const from = sketch.wires.find((wire) => wire.to === owner.id)?.from;
  const input = sketch.values.find((value) => value.end === from);
  const output = sketch.values.find((value) => value.end === owner.id);
  if (!input || !output) return null;
  const alike = (value: Value): boolean =>
    typeKey(value.type) === typeKey(input.type) && sameSizes(sampleSizes(value.type), sampleSizes(input.type));
  return addLayer(sketch, owner.layer, owner.params, [choices.pick(sketch.values.filter(alike))], {
    weightsOf: owner.id,
  });
}

export function addStep(choices: Choices, sketch: Sketch): Value | null {
  const kind = choices.below(100);
  if (kind < 60) return addUnary(choices, sketch);
  if (kind < 78) return addMerge(choices, sketch);
  if (kind < 86) return addSkip(choices, sketch);
  if (kind < 92) return addCrossAttention(choices, sketch);
  return addSharing(choices, sketch);
}
