/** Every operation that layers, losses and penalties may be made of, with inputs away from kinks: what coverage is walked over. */
import type * as tf from '@tensorflow/tfjs-core';
import type { TensorLibrary } from '../../../../../../electron/trainer/engines/tfjs/backend';

export interface Operation {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** Inputs are moved to [0.5, 1.5) for functions that need it. */
  readonly positive?: boolean;
  readonly compute: (ops: TensorLibrary, ...x: tf.Tensor[]) => tf.Tensor;
}

const unary = (name: Unary, positive = false): Operation => ({
  name,
  shapes: [[3, 5]],
  positive,
  compute: (ops, x) => (ops as unknown as Record<Unary, (x: tf.Tensor) => tf.Tensor>)[name](x),
});

/** tfjs has no gradient for these where one input is broadcast; ours is tested by itself. */
export const withoutBroadcast = ['squaredDifference', 'maximum', 'minimum'] as const;

const binary = (
  name: 'add' | 'sub' | 'mul' | 'div' | 'squaredDifference' | 'maximum' | 'minimum' | 'pow',
): Operation[] =>
  [
    [
      [2, 3, 4],
      [2, 3, 4],
    ],
    [[2, 3, 4], [4]],
    [
      [3, 1],
      [2, 1, 4],
    ],
    [[], [2, 3]],
  ]
    .filter(
      ([a, b]) => (a!.length === b!.length && a!.length === 3) || !withoutBroadcast.some((other) => other === name),
    )
    .map(([a, b]) => ({
      name: `${name} ${JSON.stringify(a)} ${JSON.stringify(b)}`,
      shapes: [a!, b!],
      positive: name === 'div' || name === 'pow',
      compute: (ops, x, y) => ops[name](x, y),
    }));

const smooth = [
  'abs',
  'neg',
  'square',
  'exp',
  'expm1',
  'sin',
  'cos',
  'sigmoid',
  'tanh',
  'elu',
  'softplus',
  'erf',
] as const;
const bent = ['relu', 'relu6', 'clone', 'floor', 'ceil', 'sign', 'step'] as const;
const ofPositive = ['sqrt', 'rsqrt', 'reciprocal', 'log', 'log1p'] as const;

type Unary = (typeof smooth)[number] | (typeof bent)[number] | (typeof ofPositive)[number];

const image = [2, 5, 6, 3] as const;

export const operations: Operation[] = [
  ...[...smooth, ...bent].map((name) => unary(name)),
  ...ofPositive.map((name) => unary(name, true)),
  ...(['add', 'sub', 'mul', 'div', 'squaredDifference', 'maximum', 'minimum', 'pow'] as const).flatMap(binary),
  {
    name: 'addN',
    shapes: [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    compute: (ops, ...x) => ops.addN(x),
  },
  { name: 'leakyRelu', shapes: [[4, 5]], compute: (ops, x) => ops.leakyRelu(x, 0.3) },
  { name: 'clipByValue', shapes: [[4, 5]], compute: (ops, x) => ops.clipByValue(x, -0.4, 0.6) },
  { name: 'softmax', shapes: [[4, 7]], compute: (ops, x) => ops.softmax(x) },
  { name: 'logSoftmax', shapes: [[4, 7]], compute: (ops, x) => ops.logSoftmax(x) },
  { name: 'logSumExp', shapes: [[4, 7]], compute: (ops, x) => ops.logSumExp(x, 1) },
  ...[[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]].flatMap((axes): Operation[] => [
    { name: `sum ${axes.join()}`, shapes: [[3, 4, 5]], compute: (ops, x) => ops.sum(x, axes) },
    { name: `mean ${axes.join()}`, shapes: [[3, 4, 5]], compute: (ops, x) => ops.mean(x, axes, true) },
    { name: `max ${axes.join()}`, shapes: [[3, 4, 5]], compute: (ops, x) => ops.max(x, axes) },
    { name: `min ${axes.join()}`, shapes: [[3, 4, 5]], compute: (ops, x) => ops.min(x, axes, true) },
  ]),
  ...[
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ].flatMap(([turnA, turnB]): Operation[] =>
    [[], [3], [2, 3]].flatMap((batch) =>
      [
        [4, 5, 6],
        [33, 17, 20],
      ].map(([rows, inner, columns]) => ({
        name: `matMul ${batch.join()}x${rows}x${inner}x${columns} ${turnA ? 'T' : '-'}${turnB ? 'T' : '-'}`,
        shapes: [
          [...batch, ...(turnA ? [inner!, rows!] : [rows!, inner!])],
          [...batch, ...(turnB ? [columns!, inner!] : [inner!, columns!])],
        ],
        compute: (ops, a, b) => ops.matMul(a, b, turnA, turnB),
      })),
    ),
  ),
  { name: 'reshape', shapes: [[3, 4]], compute: (ops, x) => ops.reshape(x, [2, 6]) },
  { name: 'expandDims', shapes: [[3, 4]], compute: (ops, x) => ops.expandDims(x, 1) },
  { name: 'squeeze', shapes: [[3, 1, 4]], compute: (ops, x) => ops.squeeze(x, [1]) },
  { name: 'transpose', shapes: [[2, 3, 4, 5]], compute: (ops, x) => ops.transpose(x, [2, 0, 3, 1]) },
  { name: 'reverse', shapes: [[3, 4]], compute: (ops, x) => ops.reverse(x, [1]) },
  {
    name: 'pad',
    shapes: [[3, 4]],
    compute: (ops, x) =>
      ops.pad(x, [
        [1, 2],
        [0, 3],
      ]),
  },
  { name: 'slice', shapes: [[5, 6]], compute: (ops, x) => ops.slice(x, [1, 2], [3, -1]) },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 5],
    ],
    compute: (ops, a, b) => ops.concat([a, b], -1),
  },
  { name: 'split', shapes: [[2, 6]], compute: (ops, x) => ops.mul(...(ops.split(x, 2, 1) as [tf.Tensor, tf.Tensor])) },
  {
    name: 'stack',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    compute: (ops, a, b) => ops.stack([a, b], 1),
  },
  { name: 'unstack', shapes: [[2, 3]], compute: (ops, x) => ops.mul(...(ops.unstack(x) as [tf.Tensor, tf.Tensor])) },
  { name: 'tile', shapes: [[2, 3]], compute: (ops, x) => ops.tile(x, [3, 2]) },
  { name: 'broadcastTo', shapes: [[2, 1, 3]], compute: (ops, x) => ops.broadcastTo(x, [4, 2, 5, 3]) },
  { name: 'cumsum', shapes: [[3, 4]], compute: (ops, x) => ops.cumsum(x, 1, true) },
  {
    name: 'where',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    compute: (ops, a, b) =>
      ops.where(ops.tensor([1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1], [3, 4], 'bool'), a, ops.mul(b, 2)),
  },
  ...[0, 1].map((axis): Operation => ({
    name: `gather ${axis}`,
    shapes: [[4, 5]],
    compute: (ops, x) => ops.gather(x, ops.tensor2d([3, 0, 3, 1, 1, 2], [2, 3], 'int32'), axis),
  })),
  {
    name: 'unsortedSegmentSum',
    shapes: [[4, 3]],
    compute: (ops, x) => ops.unsortedSegmentSum(x, ops.tensor1d([2, 0, 2, 1], 'int32'), 4),
  },
  {
    name: 'oneHot cross-entropy',
    shapes: [[3, 4]],
    compute: (ops, x) =>
      ops.neg(ops.sum(ops.mul(ops.oneHot(ops.tensor1d([1, 3, 0], 'int32'), 4), ops.logSoftmax(x)), -1)),
  },
  ...(['same', 'valid'] as const).flatMap((pad): Operation[] =>
    [1, 2].flatMap((stride): Operation[] => [
      {
        name: `conv2d ${pad} ${stride}`,
        shapes: [image, [3, 2, 3, 9]],
        compute: (ops, x, k) => ops.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, stride, pad),
      },
      {
        name: `depthwiseConv2d ${pad} ${stride}`,
        shapes: [image, [3, 2, 3, 2]],
        compute: (ops, x, k) => ops.depthwiseConv2d(x as tf.Tensor4D, k as tf.Tensor4D, stride, pad),
      },
      {
        name: `maxPool ${pad} ${stride}`,
        shapes: [[2, 5, 6, 7]],
        compute: (ops, x) => ops.maxPool(x as tf.Tensor4D, [2, 3], stride, pad),
      },
    ]),
  ),
  {
    name: 'avgPool valid',
    shapes: [image],
    compute: (ops, x) => ops.avgPool(x as tf.Tensor4D, [2, 3], 2, 'valid'),
  },
  {
    name: 'conv2dTranspose',
    shapes: [
      [2, 3, 3, 4],
      [3, 3, 2, 4],
    ],
    compute: (ops, x, k) => ops.conv2dTranspose(x as tf.Tensor4D, k as tf.Tensor4D, [2, 6, 6, 2], 2, 'same'),
  },
];
