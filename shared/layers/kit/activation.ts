/** What all elementwise activations share: inputs of every rank, one port, the type unchanged, no weights. */
import type { LayerDefinition, LayerExample, Ops, Tensor } from '../../ir/layerDefinition';
import type { LayerEmit } from '../../ir/emit/emission';
import type { ParamSchema, ParamsOf } from '../../ir/params';
import { batchOf } from '../../ir/tensorType';
import { defineLayer } from '../define';
import { elementsOf, sameFloatType } from './typeChecks';

export interface Activation<Schema extends ParamSchema> {
  type: string;
  title: string;
  aliases: readonly string[];
  summary: string;
  params: Schema;
  apply: (ops: Ops, x: Tensor, params: ParamsOf<Schema>) => Tensor;
  /** Tensors of the input's size that are kept for the backward pass, the output included; default 1. */
  keptTensors?: number;
  /** Tensors of the input's size that live only while it runs; default 0. */
  workTensors?: number;
  /** What the gradient is computed from: the outputs, the inputs, or neither but something kept beside them. */
  gradientFrom: 'inputs' | 'outputs' | 'neither';
  emit: Omit<LayerEmit<ParamsOf<Schema>>, 'layout'>;
  /** Parameters that examples should also show; each gets an example of its own. */
  variants?: readonly LayerExample['params'][];
}

export function defineActivation<Schema extends ParamSchema>(activation: Activation<Schema>): LayerDefinition {
  const { type, title, aliases, summary, params, apply, gradientFrom, keptTensors = 1, workTensors = 0 } = activation;
  return defineLayer<Schema>({
    type,
    title,
    group: 'activation',
    aliases,
    summary,
    params,
    inputs: [{ name: 'input' }],
    outputs: [{ name: 'output' }],
    infer: (_params, inputs) => sameFloatType(type, inputs),
    weights: () => ({}),
    cost: (_params, inputs) => {
      const elements = elementsOf(inputs.input!);
      const saved = keptTensors * elements;
      const keeps = { keepsInputs: gradientFrom === 'inputs', keepsOutputs: gradientFrom === 'outputs' };
      return { macs: 0, saved, workspace: workTensors * elements, ...keeps };
    },
    build: (ops, context) => ({ outputs: { output: apply(ops, context.inputs.input!, context.params) } }),
    emit: { layout: { axes: 'any', order: 'passes' }, ...activation.emit },
    examples: activationExamples(activation.variants ?? []),
  });
}

function activationExamples(variants: readonly LayerExample['params'][]): LayerExample[] {
  const shapes = { features: [7], sequence: [3, 4], image: [3, 2, 4] };
  const plain = Object.entries(shapes).map(([name, shape]) => exampleOf(name, {}, shape));
  return [...plain, ...variants.map((params, index) => exampleOf(`variant ${index + 1}`, params, [2, 5]))];
}

function exampleOf(name: string, params: LayerExample['params'], shape: number[]): LayerExample {
  const type = batchOf(shape);
  return { name, params, inputs: { input: type }, outputs: { output: type }, trainable: 0, nonTrainable: 0, macs: 0 };
}
