/** Branches side by side along one axis. */
import { placed } from '../ir/emit/emission';
import { code, call, list } from '../ir/emit/code';
import type { Types } from '../ir/layerDefinition';
import { integer } from '../ir/params';
import { batchOf, formatType, type TensorType } from '../ir/tensorType';
import { problem, type Problem } from '../messages';
import { defineLayer } from './define';
import { manyOf, resolveAxis } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { kerasMerge } from './kit/keras/layer';

export const concatenate = defineLayer({
  type: 'Concatenate',
  title: 'Concatenate',
  group: 'merge',
  aliases: ['Concat', 'Join', 'Cat'],
  summary: 'Its inputs one after another along an axis; all other sizes must be equal.',
  params: {
    axis: integer({ default: -1, min: -8, max: 8, help: 'Axis along which they are joined; -1 is the last.' }),
  },
  inputs: [{ name: 'input', many: true, minimum: 2 }],
  outputs: [{ name: 'output' }],
  infer: ({ axis }, inputs) => joinedType(axis, inputs),
  weights: () => ({}),
  cost: () => ({ macs: 0 }),
  build: (ops, { params, inputs }) => {
    const parts = manyOf(inputs, 'input').map(({ value }) => value);
    return { outputs: { output: ops.concat(parts, params.axis < 0 ? parts[0]!.rank + params.axis : params.axis) } };
  },
  emit: {
    layout: { axes: 'any', order: 'refuses' },
    pytorch: ({ params: { axis }, inputs }) => ({
      operation: (values) => {
        const parts = manyOf(values, 'input').map(({ value }) => value);
        return call(code`torch.cat`, [list(parts)], { dim: placed(inputs.input0!.layout, axis) });
      },
      imports: ['import torch'],
    }),
    keras: ({ params: { axis } }) => kerasMerge(code`layers.Concatenate`, { axis: axis === -1 ? undefined : axis }),
    onnx: ({ params, outputs }) => ({
      build: (graph, inputs) => {
        const parts = manyOf({ ...inputs }, 'input').map(({ value }) => value);
        return { output: graph.node('Concat', parts, { axis: placed(outputs.output!.layout, params.axis) }) };
      },
    }),
    tfjs: ({ params: { axis }, inputs }) => {
      const last = axis === -1 || axis === Object.values(inputs)[0]!.type.dims.length - 1;
      return tfjsLayer(code`tf.layers.concatenate`, { axis: last ? undefined : axis });
    },
  },
  examples: [
    {
      name: 'features',
      params: {},
      inputs: { input0: batchOf([3]), input1: batchOf([5]) },
      outputs: { output: batchOf([8]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'channels of three images',
      params: {},
      inputs: { input0: batchOf([2, 3, 1]), input1: batchOf([2, 3, 2]), input2: batchOf([2, 3, 4]) },
      outputs: { output: batchOf([2, 3, 7]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'two sequences in time',
      params: { axis: 1 },
      inputs: { input0: batchOf([2, 3]), input1: batchOf([4, 3]) },
      outputs: { output: batchOf([6, 3]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});

function joinedType(axis: number, inputs: Types): Types | Problem {
  const parts = manyOf(inputs, 'input');
  const first = parts[0]!;
  const position = resolveAxis('Concatenate', axis, first.value, first.port);
  if (typeof position !== 'number') return position;
  let size = 0;
  for (const { port, value } of parts) {
    const along = value.dims[position]?.size;
    if (!fitsBeside(first.value, value, position)) {
      const expected = `inputs of one type, equal in every size but that of axis ${position}`;
      const types = { first: formatType(first.value), second: formatType(value) };
      const ports = { firstPort: first.port, secondPort: port };
      return problem('sizesDiffer', { layer: 'Concatenate', expected, ...types, ...ports }, { port });
    }
    if (typeof along !== 'number')
      return problem('sizeNotKnown', { layer: 'Concatenate', received: formatType(value) }, { port });
    size += along;
  }
  const dims = first.value.dims.map((dim, index) => (index === position ? { ...dim, size } : dim));
  return { output: { dtype: first.value.dtype, dims } };
}

function fitsBeside(a: TensorType, b: TensorType, axis: number): boolean {
  const equal = a.dims.every((dim, index) => index === axis || dim.size === b.dims[index]?.size);
  return a.dtype === b.dtype && a.dims.length === b.dims.length && equal;
}
