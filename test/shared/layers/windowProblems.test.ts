/** What the layers for images say when a window, its padding or its groups do not fit, and that their repairs do repair. */
import { describe, expect, it } from 'vitest';
import type { LayerDefinition } from '../../../shared/ir/layerDefinition';
import { defaultsOf } from '../../../shared/ir/params';
import { batchOf, sampleSizes } from '../../../shared/ir/tensorType';
import { averagePool2D } from '../../../shared/layers/averagePool2D';
import { conv2D } from '../../../shared/layers/conv2D';
import { depthwiseConv2D } from '../../../shared/layers/depthwiseConv2D';
import { globalAveragePool2D } from '../../../shared/layers/globalAveragePool2D';
import { maxPool2D } from '../../../shared/layers/maxPool2D';
import { isProblem, type Problem } from '../../../shared/messages';
import type { Repair } from '../../../shared/messages/define';

type Params = Record<string, unknown>;

function infer(definition: LayerDefinition, params: Params, shape: number[]): ReturnType<LayerDefinition['infer']> {
  const parsed = Object.entries(params).map(([name, value]) => {
    const result = definition.params[name]!.parse(value);
    if ('expected' in result) throw new Error(result.expected);
    return [name, result.value];
  });
  const all = { ...defaultsOf(definition.params), ...Object.fromEntries(parsed) } as Params;
  return definition.infer(all, { input: batchOf(shape) });
}

function problemOf(definition: LayerDefinition, params: Params, shape: number[]): Problem {
  const result = infer(definition, params, shape);
  if (!isProblem(result)) throw new Error('it fits');
  return result;
}

function repaired(params: Params, { actions }: Repair): Params {
  const changes = actions.map((action) => (action.action === 'setParam' ? [action.param, action.value] : []));
  return { ...params, ...(Object.fromEntries(changes) as Params) };
}

describe('a window larger than the image', () => {
  it('is named with what it covers, dilation included, and what there is', () => {
    const { message, param } = problemOf(conv2D, { kernelSize: [3, 5], dilation: [2, 1] }, [4, 4, 1]);
    expect(message).toBe(
      'Conv2D expects an input of at least 5×5 for its window, but receives 4×4. Reduce kernelSize or add padding.',
    );
    expect(param).toBe('kernelSize');
  });

  it.each([
    { definition: conv2D, params: { kernelSize: 5, dilation: 2 } },
    { definition: depthwiseConv2D, params: { kernelSize: [2, 7], strides: 2 } },
    { definition: maxPool2D, params: { poolSize: 4 } },
    { definition: averagePool2D, params: { poolSize: [4, 1], strides: 1 } },
  ])('of $definition.type is mended by each repair that is offered', ({ definition, params }) => {
    const { repairs } = problemOf(definition, params, [3, 3, 2]);
    expect(repairs.map(({ title }) => title)[0]).toBe('Set the padding to same');
    expect(repairs).toHaveLength(2);
    for (const repair of repairs) {
      const result = infer(definition, repaired(params, repair), [3, 3, 2]);
      expect(isProblem(result) ? result.message : 'fits', repair.title).toBe('fits');
    }
  });
});

describe('padding of a pool', () => {
  it('must leave every window a pixel of the image', () => {
    const { message, repairs } = problemOf(
      maxPool2D,
      {
        poolSize: 2,
        padding: [
          [0, 2],
          [1, 0],
        ],
      },
      [4, 4, 1],
    );
    expect(message).toContain(
      'expects padding smaller than its 2×2 window on every side, but receives [[0, 2], [1, 0]]',
    );
    expect(isProblem(infer(maxPool2D, repaired({ poolSize: 2 }, repairs[0]!), [4, 4, 1]))).toBe(false);
  });
});

describe('groups', () => {
  it('that do not divide the channels are refused, and the nearest number that divides both is offered', () => {
    const { message, repairs } = problemOf(conv2D, { filters: 12, groups: 4 }, [5, 5, 6]);
    expect(message).toContain('expects groups to divide the 6 input channels, but receives 4 groups');
    expect(repairs.map(({ title }) => title)).toEqual(['Set groups to 3']);
  });

  it('that divide the channels but not the filters are mended from either side', () => {
    const params = { filters: 10, groups: 4 };
    const { message, repairs } = problemOf(conv2D, params, [5, 5, 8]);
    expect(message).toContain('divide the 10 filters');
    expect(repairs.map(({ title }) => title)).toEqual(['Set groups to 2', 'Set filters to 12']);
    for (const repair of repairs) expect(isProblem(infer(conv2D, repaired(params, repair), [5, 5, 8]))).toBe(false);
  });
});

describe('something that is no image', () => {
  it.each([
    { shape: [64], wanted: [8, 8, 1] },
    { shape: [10], wanted: [1, 1, 10] },
    { shape: [8, 6], wanted: [8, 6, 1] },
  ])('of shape $shape can be reshaped to $wanted', ({ shape, wanted }) => {
    const { message, repairs } = problemOf(globalAveragePool2D, {}, shape);
    expect(message).toBe(
      `GlobalAveragePool2D expects an image, batch×height×width×channels, but receives batch×${shape.join('×')}.`,
    );
    expect(repairs[0]!.actions[0]).toMatchObject({
      action: 'insertBefore',
      layer: 'Reshape',
      params: { shape: wanted },
    });
  });

  it('and has too many axes has no such repair', () => {
    expect(problemOf(globalAveragePool2D, {}, [2, 3, 4, 5]).repairs).toEqual([]);
  });
});

describe('same padding', () => {
  // Sizes as TensorFlow documents them: ceil(input / stride), whatever the kernel and its dilation.
  it.each([
    { size: 7, stride: 2, kernel: 3, dilation: 1 },
    { size: 8, stride: 3, kernel: 2, dilation: 3 },
    { size: 5, stride: 4, kernel: 1, dilation: 1 },
    { size: 3, stride: 1, kernel: 5, dilation: 2 },
  ])('gives ceil($size / $stride) for kernel $kernel', ({ size, stride, kernel, dilation }) => {
    const params = { filters: 2, kernelSize: kernel, strides: stride, dilation, padding: 'same' };
    const result = infer(conv2D, params, [size, size, 1]);
    const output = isProblem(result) ? [] : sampleSizes(result.output!);
    expect(output).toEqual([Math.ceil(size / stride), Math.ceil(size / stride), 2]);
  });
});
