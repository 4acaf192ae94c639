/** Moved axes are what their definition says, number by number, for whatever shape and order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveAxes } from '../../../../shared/ir/emit/moveAxes';
import { applySteps, type Step } from '../../../../shared/ir/emit/transform';

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const counted = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: elements(shape) }, (_, at) => at);

/** The places along each axis of number `at`. */
function placesOf(shape: readonly number[], at: number): number[] {
  return shape.map((size, axis) => Math.floor(at / elements(shape.slice(axis + 1))) % size);
}

function placed(shape: readonly number[], places: readonly number[]): number {
  return shape.reduce((at, size, axis) => at * size + (places[axis] as number), 0);
}

/** The definition: every number of the result is looked up by its places. */
function defined(
  shape: readonly number[],
  result: readonly number[],
  source: (places: readonly number[]) => number[],
): Float32Array {
  const data = counted(shape);
  return Float32Array.from(
    { length: data.length },
    (_, at) => data[placed(shape, source(placesOf(result, at)))] as number,
  );
}

function moved(shape: readonly number[], axes: readonly number[]): Float32Array {
  const result = axes.map((axis) => shape[axis] as number);
  return defined(shape, result, (places) => shape.map((_, axis) => places[axes.indexOf(axis)] as number));
}

function same(found: Float32Array, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length);
  expect(found.findIndex((value, at) => value !== expected[at])).toBe(-1);
}

function orders(length: number): fc.Arbitrary<number[]> {
  const all = Array.from({ length }, (_, at) => at);
  return fc.shuffledSubarray(all, { minLength: length, maxLength: length });
}

/** Small ones of many axes; and two or three axes of which some go beyond a block and beyond a long row. */
const shapes = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
  fc
    .array(fc.constantFrom(1, 2, 31, 32, 33, 63, 64, 65, 70), { minLength: 2, maxLength: 3 })
    .filter((shape) => elements(shape) <= 12_000),
);

describe('axes in another order', () => {
  it('are as defined', () => {
    fc.assert(
      fc.property(
        shapes.chain((shape) => fc.tuple(fc.constant(shape), orders(shape.length))),
        ([shape, axes]) => same(moveAxes(counted(shape), shape, axes), moved(shape, axes)),
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a matrix', [70, 45], [1, 0]],
    ['a kernel to PyTorch', [3, 3, 40, 70], [3, 2, 0, 1]],
    ['a kernel from PyTorch', [70, 40, 3, 3], [2, 3, 1, 0]],
    ['images, channels first', [3, 7, 9, 35], [0, 3, 1, 2]],
    ['images, channels last', [3, 35, 7, 9], [0, 2, 3, 1]],
    ['rows that stay rows', [5, 6, 80], [1, 0, 2]],
    ['axes of one entry', [1, 6, 1, 4], [2, 3, 0, 1]],
  ])('%s', (_, shape, axes) => {
    same(moveAxes(counted(shape), shape, axes), moved(shape, axes));
  });

  it('are the same array where no number moves', () => {
    const data = counted([1, 6, 1, 4]);
    expect(moveAxes(data, [1, 6, 1, 4], [2, 1, 3, 0])).toBe(data);
  });
});

describe('entries in another order', () => {
  it('are as defined', () => {
    const axisOf = (shape: readonly number[]): fc.Arbitrary<number> => fc.nat(shape.length - 1);
    const reorders = shapes
      .filter((shape) => shape.length > 0)
      .chain((shape) => fc.tuple(fc.constant(shape), axisOf(shape)))
      .chain(([shape, axis]) => fc.tuple(fc.constant(shape), fc.constant(axis), orders(shape[axis] as number)));
    fc.assert(
      fc.property(reorders, ([shape, axis, order]) => {
        const step: Step = { kind: 'reorder', axis, order };
        const expected = defined(shape, shape, (places) =>
          places.map((place, at) => (at === axis ? (order[place] as number) : place)),
        );
        same(applySteps([step], { shape, data: counted(shape) }).data, expected);
      }),
      { numRuns: 100 },
    );
  });
});
