/** Published models, built from the definitions alone, have the published parameter counts to the unit and the published MACs. */
import { describe, expect, it } from 'vitest';
import type { LayerExample } from '../../../shared/ir/layerDefinition';
import { batchOf, sampleSizes, type TensorType } from '../../../shared/ir/tensorType';
import { layerRegistry } from '../../../shared/layers/registry';
import { isProblem } from '../../../shared/messages';
import { parseParams } from '../../../shared/passes/parseParams';
import { noLibrary } from '../../contract/harness/noLibrary';

type Params = LayerExample['params'];

interface Counter {
  trainable: number;
  nonTrainable: number;
  macs: number;
}

/** The output type of one layer; adds what it costs to the counter. */
function apply(count: Counter, type: string, params: Params, ...inputs: TensorType[]): TensorType {
  const definition = layerRegistry.get(type)!;
  const { values, problems } = parseParams(definition.params, params, noLibrary);
  if (!values) throw new Error(problems[0]!.message);
  const ports = inputs.map((input, index) => [inputs.length === 1 ? 'input' : `input${index}`, input] as const);
  const types = Object.fromEntries(ports);
  const outputs = definition.infer(values, types);
  if (isProblem(outputs)) throw new Error(outputs.message);
  for (const { shape, trainable } of Object.values(definition.weights(values as never, types)))
    count[trainable ? 'trainable' : 'nonTrainable'] += shape.reduce((product, size) => product * size, 1);
  count.macs += definition.cost(values, types, outputs).macs;
  return outputs.output!;
}

function chain(count: Counter, x: TensorType, ...layers: [string, Params][]): TensorType {
  return layers.reduce((type, [layer, params]) => apply(count, layer, params, type), x);
}

function newCounter(): Counter {
  return { trainable: 0, nonTrainable: 0, macs: 0 };
}

const conv = (filters: number, kernelSize: number, more: Params = {}): [string, Params] => [
  'Conv2D',
  { filters, kernelSize, ...more },
];
const dense = (units: number): [string, Params] => ['Dense', { units }];
const pool = (poolSize: number, strides: number, more: Params = {}): [string, Params] => [
  'MaxPool2D',
  { poolSize, strides, ...more },
];
const norm: [string, Params] = ['BatchNorm', {}];
const flatten: [string, Params] = ['Flatten', {}];

describe('published counts', () => {
  it('AlexNet of torchvision: 61,100,840 parameters, 0.71 G', () => {
    const count = newCounter();
    const features = chain(
      count,
      batchOf([224, 224, 3]),
      ...[conv(64, 11, { strides: 4, padding: 2 }), pool(3, 2), conv(192, 5, { padding: 2 }), pool(3, 2)],
      ...[conv(384, 3, { padding: 1 }), conv(256, 3, { padding: 1 }), conv(256, 3, { padding: 1 }), pool(3, 2)],
      ...[flatten, dense(4096), dense(4096), dense(1000)],
    );
    expect(sampleSizes(features)).toEqual([1000]);
    expect(count.trainable).toBe(61_100_840);
    expect(count.macs / 1e9).toBeCloseTo(0.71, 2);
  });

  it.each([
    { name: 'VGG16', normalised: false, parameters: 138_357_544 },
    { name: 'VGG16-BN', normalised: true, parameters: 138_365_992 },
  ])('$name: $parameters parameters, 15.47 G', ({ normalised, parameters }) => {
    const count = newCounter();
    const stages = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];
    const layers = stages.flatMap((filters) => {
      if (filters === 0) return [pool(2, 2)];
      return [conv(filters, 3, { padding: 'same' }), ...(normalised ? [norm] : [])];
    });
    chain(count, batchOf([224, 224, 3]), ...layers, flatten, dense(4096), dense(4096), dense(1000));
    expect(count.trainable).toBe(parameters);
    expect(count.macs / 1e9).toBeCloseTo(15.47, 2);
  });

  it("Keras' mnist_cnn: 1,199,882 parameters", () => {
    const count = newCounter();
    chain(count, batchOf([28, 28, 1]), conv(32, 3), conv(64, 3), pool(2, 2), flatten, dense(128), dense(10));
    expect(count.trainable).toBe(1_199_882);
  });

  it('ResNet-50 v1.5 of torchvision: 25,557,032 trainable, 53,120 running statistics, 4.089 G', () => {
    const count = newCounter();
    let x = chain(
      count,
      batchOf([224, 224, 3]),
      conv(64, 7, { strides: 2, padding: 3, bias: false }),
      norm,
      pool(3, 2, { padding: 1 }),
    );
    [3, 4, 6, 3].forEach((blocks, stage) => {
      for (let block = 0; block < blocks; block++) {
        const strides = stage > 0 && block === 0 ? 2 : 1;
        const width = 64 * 2 ** stage;
        const plain = { bias: false };
        const branch = chain(
          count,
          x,
          conv(width, 1, plain),
          norm,
          conv(width, 3, { strides, padding: 1, ...plain }),
          norm,
          conv(4 * width, 1, plain),
          norm,
        );
        const skip = block === 0 ? chain(count, x, conv(4 * width, 1, { strides, ...plain }), norm) : x;
        x = apply(count, 'Add', {}, branch, skip);
      }
    });
    chain(count, x, ['GlobalAveragePool2D', {}], dense(1000));
    expect(count.trainable).toBe(25_557_032);
    expect(count.nonTrainable).toBe(53_120);
    expect(count.macs / 1e9).toBeCloseTo(4.089, 3);
  });

  it("Keras' ResNet-20 v1 for CIFAR: 273,066 trainable and 1,376 not, 0.041 G", () => {
    const count = newCounter();
    const same = (filters: number, kernelSize: number, strides = 1): [string, Params] =>
      conv(filters, kernelSize, { strides, padding: 'same' });
    let x = chain(count, batchOf([32, 32, 3]), same(16, 3), norm);
    [16, 32, 64].forEach((filters, stage) => {
      for (let block = 0; block < 3; block++) {
        const first = stage > 0 && block === 0;
        const branch = chain(count, x, same(filters, 3, first ? 2 : 1), norm, same(filters, 3), norm);
        // The example projects the skip by a convolution without BatchNorm.
        x = apply(count, 'Add', {}, branch, first ? chain(count, x, same(filters, 1, 2)) : x);
      }
    });
    chain(count, x, ['AveragePool2D', { poolSize: 8 }], flatten, dense(10));
    expect(count.trainable).toBe(273_066);
    expect(count.nonTrainable).toBe(1_376);
    expect(count.macs / 1e9).toBeCloseTo(0.041, 3);
  });
});
