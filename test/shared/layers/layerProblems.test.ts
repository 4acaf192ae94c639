/** What dense, shape, merge and sequence layers say about inputs that do not fit, and what they offer. */
import { describe, expect, it } from 'vitest';
import type { Types } from '../../../shared/ir/layerDefinition';
import { defaultsOf } from '../../../shared/ir/params';
import { batchOf, formatType, type TensorType } from '../../../shared/ir/tensorType';
import { manyOf } from '../../../shared/layers/kit/typeChecks';
import { layerRegistry } from '../../../shared/layers/registry';
import { isProblem, type Problem } from '../../../shared/messages';

function infer(layer: string, inputs: Types, params: Record<string, unknown> = {}): Types | Problem {
  const definition = layerRegistry.get(layer)!;
  return definition.infer({ ...defaultsOf(definition.params), ...params }, inputs);
}

function refused(layer: string, inputs: Types, params: Record<string, unknown> = {}): Problem {
  const found = infer(layer, inputs, params);
  if (!isProblem(found)) throw new Error(`${layer} takes ${Object.values(inputs).map(formatType).join(' and ')}`);
  return found;
}

const several = (...types: TensorType[]): Types =>
  Object.fromEntries(types.map((type, index) => [`input${index}`, type]));
const actions = (found: Problem): unknown[] => found.repairs.map((repair) => repair.actions[0]);

describe('a skip of another size', () => {
  it('is matched by a 1x1 convolution on the smaller branch', () => {
    const found = refused('Add', several(batchOf([8, 8, 32]), batchOf([8, 8, 16])));
    expect(found).toMatchObject({ code: 'sizesDiffer', port: 'input1' });
    expect(found.message).toContain('input0 is batch×8×8×32 and input1 is batch×8×8×16');
    expect(actions(found)[0]).toEqual({
      action: 'insertBefore',
      port: 'input1',
      layer: 'Conv2D',
      params: { filters: 32, kernelSize: 1, bias: false },
    });
  });

  it('is halved by the strides where one image is twice the other', () => {
    const found = refused('Add', several(batchOf([8, 8, 16]), batchOf([4, 4, 32])));
    expect(actions(found)).toEqual([
      {
        action: 'insertBefore',
        port: 'input0',
        layer: 'Conv2D',
        params: { filters: 32, kernelSize: 1, bias: false, strides: 2 },
      },
    ]);
  });

  it('gets no convolution where the sizes are no multiples', () => {
    expect(actions(refused('Add', several(batchOf([7, 7, 16]), batchOf([4, 4, 32]))))).toEqual([]);
    expect(actions(refused('Add', several(batchOf([8, 8, 16]), batchOf([32]))))).toEqual([]);
  });

  it('of features is matched by a Dense', () => {
    const found = refused('Multiply', several(batchOf([6, 16]), batchOf([6, 24])));
    expect(actions(found)[0]).toMatchObject({ port: 'input0', layer: 'Dense', params: { units: 24 } });
  });

  it('fits once the offered layer is inserted', () => {
    const [wide, narrow] = [batchOf([8, 8, 16]), batchOf([4, 4, 32])];
    const [repair] = actions(refused('Add', several(wide, narrow))) as [{ layer: string; params: object }];
    const parsed = { strides: [2, 2], kernelSize: [1, 1], filters: 32 };
    expect(repair.params).toMatchObject({ strides: 2, kernelSize: 1, filters: 32 });
    const projected = infer(repair.layer, { input: wide }, parsed);
    if (isProblem(projected)) throw new Error(projected.message);
    expect(isProblem(infer('Add', several(projected.output!, narrow)))).toBe(false);
  });

  it('of size 1 is repeated', () => {
    expect(infer('Add', several(batchOf([1, 1, 4]), batchOf([3, 2, 4])))).toEqual({ output: batchOf([3, 2, 4]) });
  });

  it('is refused when it is no real number', () => {
    const found = refused('Add', several(batchOf([4]), batchOf([4], 'int32')));
    expect(found).toMatchObject({ code: 'wrongDataType', port: 'input1' });
  });
});

describe('many inputs', () => {
  it('come in the order of their numbers, however they are listed', () => {
    const listed = Object.fromEntries([10, 2, 0, 1, 11].map((number) => [`input${number}`, number]));
    expect(manyOf({ other: -1, ...listed, input: -2 }, 'input').map(({ value }) => value)).toEqual([0, 1, 2, 10, 11]);
  });

  it('are all joined, and each is named by its number', () => {
    const types = Array.from({ length: 12 }, (_, index) => batchOf([index + 1]));
    expect(infer('Concatenate', several(...types))).toEqual({ output: batchOf([78]) });
    const last = refused('Add', several(...types.map(() => batchOf([2])), batchOf([3])));
    expect(last.port).toBe('input12');
  });

  it('joined along one axis must agree in all others', () => {
    const found = refused('Concatenate', several(batchOf([4, 4, 2]), batchOf([4, 5, 2])));
    expect(found.message).toContain('equal in every size but that of axis 3');
    expect(refused('Concatenate', several(batchOf([3]), batchOf([3])), { axis: 0 })).toMatchObject({
      code: 'axisOutOfRange',
      param: 'axis',
    });
    expect(refused('Softmax', { input: batchOf([3]) }, { axis: 2 }).code).toBe('axisOutOfRange');
  });
});

describe('a reshape', () => {
  it('that does not fit says how many elements there are, and offers a size that follows', () => {
    const found = refused('Reshape', { input: batchOf([8, 8, 1]) }, { shape: [7, 8] });
    expect(found.message).toContain('Reshape to 7×8 expects 56 elements a sample');
    expect(found.message).toContain('batch×8×8×1, which has 64');
    expect(actions(found)).toContainEqual({ action: 'setParam', param: 'shape', value: [-1, 8] });
  });

  it('with two sizes left open, or none at all, is refused', () => {
    expect(refused('Reshape', { input: batchOf([8]) }, { shape: [-1, -1] }).code).toBe('reshapeShapeInvalid');
    expect(refused('Reshape', { input: batchOf([8]) }, { shape: [0, 8] }).code).toBe('reshapeShapeInvalid');
    const left = refused('Reshape', { input: batchOf([8]) }, { shape: [-1, 3] });
    expect(left.message).toContain('expects a multiple of 3 elements');
  });
});

describe('sequences', () => {
  const text: TensorType = {
    dtype: 'float32',
    dims: [
      { name: 'batch', size: 'batch' },
      { name: 'time', size: 'time' },
      { name: 'features', size: 8 },
    ],
  };

  it('of unknown length pass through Dense and attention, but not through Flatten', () => {
    expect(infer('Dense', { input: text }, { units: 3 })).toMatchObject({
      output: { dims: [{}, { size: 'time' }, {}] },
    });
    expect(isProblem(infer('MultiHeadAttention', { query: text }))).toBe(false);
    expect(refused('Flatten', { input: text }).code).toBe('sizeNotKnown');
    expect(refused('Reshape', { input: text }).code).toBe('sizeNotKnown');
  });

  it('are what attention asks for: an image is offered a Reshape', () => {
    const found = refused('MultiHeadAttention', { query: batchOf([4, 4, 6]) });
    expect(found).toMatchObject({ code: 'wrongRank', port: 'query' });
    expect(actions(found)).toEqual([
      { action: 'insertBefore', port: 'query', layer: 'Reshape', params: { shape: [-1, 6] } },
    ]);
  });

  it('as key and value must have one length, and a key needs a value', () => {
    const [query, value, key] = [batchOf([3, 4]), batchOf([5, 4]), batchOf([6, 4])];
    expect(refused('MultiHeadAttention', { query, value, key }).message).toContain('key is batch×6×4');
    expect(refused('MultiHeadAttention', { query, key })).toMatchObject({ code: 'inputMissing', port: 'value' });
  });

  it('of indices are offered an Embedding, which takes nothing else', () => {
    const found = refused('Dense', { input: batchOf([12], 'int32') });
    expect(actions(found)).toEqual([{ action: 'insertBefore', port: 'input', layer: 'Embedding', params: {} }]);
    expect(refused('Embedding', { input: batchOf([12]) }).message).toContain('int32 (indices)');
  });
});
