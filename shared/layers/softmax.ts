/** Probabilities from scores, along one axis. */
import { placed } from '../ir/emit/emission';
import { code, call } from '../ir/emit/code';
import { integer } from '../ir/params';
import { batchOf, type TensorType } from '../ir/tensorType';
import type { LayerExample, Ops, Tensor } from '../ir/layerDefinition';
import { defineLayer } from './define';
import { onnxOperator } from './kit/onnx/twin';
import { elementsOf, notFloat, resolveAxis } from './kit/typeChecks';
import { tfjsClass, tfjsLayer } from './kit/tfjs/twin';
import { softmaxAlongClass } from './kit/tfjs/softmaxAlong';
import { kerasLayer } from './kit/keras/layer';
import { kerasSoftmaxAxes, plainSoftmax } from './kit/keras/helpers';
import { functional } from './kit/pytorch/window';

export const softmax = defineLayer({
  type: 'Softmax',
  title: 'Softmax',
  group: 'activation',
  aliases: ['Normalised Exponential'],
  summary:
    'exp(x) divided by its sum along an axis. Not needed before cross-entropy, which takes logits and is more exact so.',
  params: {
    axis: integer({ default: -1, min: -8, max: 8, help: 'Axis along which the outputs sum to 1; -1 is the last.' }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: ({ axis }, inputs) => {
    const input = inputs.input!;
    const wrong = notFloat('Softmax', input);
    if (wrong) return wrong;
    const position = resolveAxis('Softmax', axis, input);
    return typeof position === 'number' ? { output: input } : position;
  },
  weights: () => ({}),
  cost: ({ axis }, inputs) => {
    const elements = elementsOf(inputs.input!);
    const last = axis === -1 || axis === inputs.input!.dims.length - 1;
    // Turned to the last axis and back, the probabilities are kept both ways.
    const saved = (last ? 1 : 2) * elements;
    return { macs: 0, saved, workspace: 2 * elements, keepsInputs: false, keepsOutputs: last };
  },
  build: (ops, { params, inputs }) => ({ outputs: { output: softmaxAlong(ops, inputs.input!, params.axis) } }),
  emit: {
    layout: { axes: 'any', order: 'passes' },
    pytorch: ({ params: { axis }, inputs }) => {
      const dim = placed(inputs.input!.layout, axis);
      return {
        member: call(code`nn.Softmax`, [], { dim }),
        operation: ({ input }) => call(code`F.softmax`, [input!], { dim }),
        imports: [functional],
      };
    },
    keras: ({ params: { axis }, inputs }) =>
      inputs.input!.type.dims.length <= kerasSoftmaxAxes
        ? kerasLayer(code`layers.Softmax`, axis === -1 ? [] : [axis])
        : { ...kerasLayer(code`PlainSoftmax`, [axis]), helpers: [plainSoftmax] },
    onnx: ({ params, inputs }) => onnxOperator('Softmax', { axis: placed(inputs.input!.layout, params.axis) }),
    tfjs: ({ params: { axis }, inputs }) => {
      const last = axis === -1 || axis === inputs.input!.type.dims.length - 1;
      return last
        ? tfjsLayer(code`tf.layers.softmax`, { axis: -1 })
        : tfjsClass(code`new SoftmaxAlong`, [softmaxAlongClass], { axis });
    },
  },
  examples: [
    exampleOf('over features', {}, batchOf([5])),
    exampleOf('over the channels of an image', {}, batchOf([2, 3, 4])),
    exampleOf('over time', { axis: 1 }, batchOf([4, 3])),
  ],
});

/** Every engine has the softmax of the last axis; another axis is brought there and back. */
function softmaxAlong(ops: Ops, x: Tensor, axis: number): Tensor {
  const position = axis < 0 ? x.rank + axis : axis;
  if (position === x.rank - 1) return ops.softmax(x);
  const order = x.shape.map((_, index) => index);
  [order[position], order[x.rank - 1]] = [x.rank - 1, position];
  return ops.transpose(ops.softmax(ops.transpose(x, order)), order);
}

function exampleOf(name: string, params: LayerExample['params'], type: TensorType): LayerExample {
  return { name, params, inputs: { input: type }, outputs: { output: type }, trainable: 0, nonTrainable: 0, macs: 0 };
}
