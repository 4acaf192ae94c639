/** Matrix products of every shape, way round and batch on the WASM backend, against a plain loop in float64. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadBackend } from '../../../../../../electron/trainer/engines/tfjs/backend';
import { expectClose, noise } from '../../../../../shared/layers/kit/gradientCheck';

const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 90 }));

const cases = fc.record({
  rows: size,
  depth: size,
  columns: size,
  batch: fc.constantFrom<number[]>([], [1], [3], [2, 2]),
  shared: fc.constantFrom('neither', 'a', 'b'),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  seed: fc.nat(1000),
});

it('multiplies as the definition says', async () => {
  const ops = await loadBackend('wasm');
  fc.assert(
    fc.property(cases, ({ rows, depth, columns, batch, shared, transposeA, transposeB, seed }) => {
      const before = [ops.memory().numTensors, ops.engine().backend.numDataIds()];
      const outer = (name: string): number[] => (shared === name ? batch.map(() => 1) : batch);
      const a = noise([...outer('a'), ...(transposeA ? [depth, rows] : [rows, depth])], seed);
      const b = noise([...outer('b'), ...(transposeB ? [columns, depth] : [depth, columns])], seed + 1);
      const [left, right] = [a, b].map(({ shape, values }) => ops.tensor(Float32Array.from(values), [...shape]));
      const product = ops.matMul(left!, right!, transposeA, transposeB);
      const products = batch.reduce((count, dim) => count * dim, 1);
      expect(product.shape).toEqual([...batch, rows, columns]);
      const expected = new Float64Array(products * rows * columns);
      for (let p = 0; p < products; p++) {
        const [inA, inB] = [shared === 'a' ? 0 : p * rows * depth, shared === 'b' ? 0 : p * depth * columns];
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++)
            for (let k = 0; k < depth; k++) {
              const x = a.values[inA + (transposeA ? k * rows + i : i * depth + k)]!;
              const y = b.values[inB + (transposeB ? j * depth + k : k * columns + j)]!;
              expected[(p * rows + i) * columns + j]! += x * y;
            }
      }
      expectClose(product.dataSync(), expected, 'product');
      ops.dispose([left!, right!, product]);
      expect([ops.memory().numTensors, ops.engine().backend.numDataIds()]).toEqual(before);
    }),
    { numRuns: 150 },
  );
});
