/** Gives a sample other axes of the same number of elements. */
import { integerList } from '../ir/params';
import { batchOf, formatType, sampleElements, sampleSizes, type TensorType } from '../ir/tensorType';
import { problem, type Problem } from '../messages';
import { defineLayer } from './define';
import { code, list, tuple, call } from '../ir/emit/code';
import { tfjsLayer } from './kit/tfjs/twin';
import { kerasLayer } from './kit/keras/layer';

export const reshape = defineLayer({
  type: 'Reshape',
  title: 'Reshape',
  group: 'shape',
  aliases: ['View', 'Unflatten'],
  summary: 'The same values in the same order, along other axes. Costs nothing.',
  params: {
    shape: integerList({
      default: [-1],
      min: -1,
      help: 'Sizes of one sample without the batch; one of them may be -1 for what remains.',
    }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: ({ shape }, inputs) => {
    const sizes = resolveShape(shape, inputs.input!);
    return 'code' in sizes ? sizes : { output: batchOf(sizes, inputs.input!.dtype) };
  },
  weights: () => ({}),
  cost: () => ({ macs: 0, saved: 0 }),
  build: (ops, { params, inputs }) => {
    const x = inputs.input!;
    return { outputs: { output: ops.reshape(x, [x.shape[0], ...completed(params.shape, x.size / x.shape[0])]) } };
  },
  emit: {
    layout: ({ params: { shape } }) => ({ axes: 'rowMajor', order: shape.length === 1 ? 'makes' : 'refuses' }),
    pytorch: ({ inputs, outputs }) => {
      const [from, to] = [inputs.input!, outputs.output!].map(({ type }) => sampleSizes(type) as number[]);
      if (from!.length > 0 && to!.length === 1)
        return { member: code`nn.Flatten()`, operation: ({ input }) => code`${input!}.flatten(1)` };
      const apart = call(code`nn.Unflatten`, [1, tuple(to!)]);
      return {
        ...(from!.length > 0 &&
          to!.length > 0 && {
            member: from!.length === 1 ? apart : call(code`nn.Sequential`, [code`nn.Flatten()`, apart]),
          }),
        operation: ({ input }) => call(code`${input!}.reshape`, [-1, ...to!]),
      };
    },
    keras: ({ params: { shape } }) => kerasLayer(code`layers.Reshape`, [tuple([...shape])]),
    onnx: ({ outputs }) => ({
      build: (graph, { input }) => {
        // 0 keeps the batch, whatever its size.
        const sizes = sampleSizes(outputs.output!.type) as number[];
        return { output: graph.node('Reshape', [input!, graph.constant([0, ...sizes])]) };
      },
    }),
    tfjs: ({ params: { shape } }) => tfjsLayer(code`tf.layers.reshape`, { targetShape: list(shape) }),
  },
  examples: [
    {
      name: 'an image to rows',
      params: { shape: [8, 8] },
      inputs: { input: batchOf([8, 8, 1]) },
      outputs: { output: batchOf([8, 8]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'features to an image, height from what remains',
      params: { shape: [-1, 2, 3] },
      inputs: { input: batchOf([24]) },
      outputs: { output: batchOf([4, 2, 3]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'everything in one row',
      params: {},
      inputs: { input: batchOf([3, 4]) },
      outputs: { output: batchOf([12]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});

/** The shape with -1 replaced by what remains of the elements; a fraction where they cannot be divided so. */
function completed(shape: readonly number[], elements: number): number[] {
  const known = shape.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return shape.map((size) => (size === -1 ? elements / known : size));
}

function resolveShape(shape: readonly number[], input: TensorType): number[] | Problem {
  const elements = sampleElements(input);
  const received = formatType(input);
  const at = { param: 'shape' };
  if (elements === null) return problem('sizeNotKnown', { layer: 'Reshape', received }, { port: 'input' });
  const remaining = shape.filter((size) => size === -1).length;
  if (remaining > 1 || shape.includes(0)) return problem('reshapeShapeInvalid', { shape: shape.join('×') }, at);
  const sizes = completed(shape, elements);
  const product = sizes.reduce((all, size) => all * size, 1);
  if (product === elements && sizes.every(Number.isInteger)) return sizes;
  const known = shape.reduce((all, size) => (size === -1 ? all : all * size), 1);
  const expected = remaining === 1 ? `a multiple of ${known}` : String(known);
  const repairs = [
    { title: 'Let the first size be what remains', value: [-1, ...shape.slice(1)] },
    { title: 'Keep the shape that it receives', value: sampleSizes(input) as number[] },
  ].filter(({ value }) => fits(value, elements));
  return problem(
    'reshapeElementsDiffer',
    { shape: shape.join('×'), expected, received, elements },
    {
      ...at,
      repairs: repairs.map(({ title, value }) => ({ title, actions: [{ action: 'setParam', param: 'shape', value }] })),
    },
  );
}

function fits(shape: readonly number[], elements: number): boolean {
  const sizes = completed(shape, elements);
  return sizes.every(Number.isInteger) && sizes.reduce((all, size) => all * size, 1) === elements;
}
