/** The inner loop of matrix products: a tile of rows times columns, summed over the depth. */
import type { Code, FunctionSource } from './assemble';
import { advance, four, get, integer, one, repeat, set, type Lanes } from './instructions';

/** Rows a tile, and columns a tile; the accumulators of the largest tile just fit the registers. */
export const rowTiles = [4, 1] as const;
export const columnTiles = [8, 4, 1] as const;

export function matrixTileName(rows: number, columns: number): string {
  return `matrix${rows}x${columns}`;
}

/**
 * out[r * outStep + c] = sum over the depth of a[r * aRow + k * aStep] * b[k * bStep + c], all distances in bytes: `a` may lie
 * either way round, `b` must have its columns side by side.
 */
export function matrixTile(rows: number, columns: number): FunctionSource {
  const lanes: Lanes = columns % 4 === 0 ? four : one;
  const rowList = Array.from({ length: rows }, (_, row) => row);
  const vectors = Array.from({ length: (columns * 4) / lanes.bytes }, (_, v) => v);
  const sumName = (row: number, v: number): string => `sum${row}_${v}`;
  const registers = [
    ...rowList.flatMap((row) => vectors.map((v) => sumName(row, v))),
    ...vectors.map((v) => `right${v}`),
    'left',
  ];
  return {
    name: matrixTileName(rows, columns),
    parameters: ['a', 'b', 'out', 'depth', 'aRow', 'aStep', 'bStep', 'outStep'],
    locals: {
      ...Object.fromEntries(rowList.map((row) => [`a${row}`, 'i32' as const])),
      ...Object.fromEntries(registers.map((name) => [name, lanes.type])),
    },
    body: (local) => {
      const read = (name: string): Code => get(local(name));
      const addresses = rowList.map((row): Code => [
        set(local(`a${row}`), read('a')),
        set(local('a'), integer.add(read('a'), read('aRow'))),
      ]);
      const perDepth: Code = [
        vectors.map((v) => set(local(`right${v}`), lanes.load(read('b'), v * lanes.bytes))),
        rowList.map((row): Code => [
          set(local('left'), lanes.spread(read(`a${row}`), 0)),
          advance(local(`a${row}`), read('aStep')),
          vectors.map((v) => {
            const product = lanes.multiply(read('left'), read(`right${v}`));
            return set(local(sumName(row, v)), lanes.add(read(sumName(row, v)), product));
          }),
        ]),
        advance(local('b'), read('bStep')),
      ];
      const write = rowList.map((row): Code => [
        vectors.map((v) => lanes.store(read('out'), v * lanes.bytes, read(sumName(row, v)))),
        advance(local('out'), read('outStep')),
      ]);
      return [addresses, repeat(local('depth'), perDepth), write];
    },
  };
}
