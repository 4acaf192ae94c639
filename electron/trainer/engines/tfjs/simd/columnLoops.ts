/** Inner loops over a strip of columns of a table [rows, width]: sums over rows, and normalisation with its gradient. */
import type { Code, FunctionSource } from './assemble';
import { advance, four, get, one, repeat, set, type Lanes } from './instructions';

/** Columns a strip; the loops that keep more in registers take fewer. */
export const stripWidths = {
  sum: [16, 4, 1],
  centredSquares: [16, 4, 1],
  centredProducts: [16, 4, 1],
  normalise: [16, 4, 1],
  normaliseGradient: [8, 4, 1],
} as const;

export type ColumnLoop = keyof typeof stripWidths;

export function columnLoopName(loop: ColumnLoop, width: number): string {
  return `${loop}${width}`;
}

interface Shape {
  /** Addresses of tables, read or written row by row. */
  readonly tables: readonly string[];
  /** Addresses of one value a column, read once. */
  readonly columns: readonly string[];
  /** What is added up over the rows and stored at `out`; or what is stored in table `out` in each row. */
  readonly sums: boolean;
  readonly value: (lanes: Lanes, table: (name: string) => Code, column: (name: string) => Code) => Code;
}

const shapes: Record<ColumnLoop, Shape> = {
  sum: { tables: ['x'], columns: [], sums: true, value: (_lanes, table) => table('x') },
  centredSquares: {
    tables: ['x'],
    columns: ['mean'],
    sums: true,
    value: (lanes, table, column) => {
      const centred = lanes.subtract(table('x'), column('mean'));
      return lanes.multiply(centred, centred);
    },
  },
  centredProducts: {
    tables: ['x', 'dy'],
    columns: ['mean'],
    sums: true,
    value: (lanes, table, column) => lanes.multiply(lanes.subtract(table('x'), column('mean')), table('dy')),
  },
  // (x - mean) * factor + shift
  normalise: {
    tables: ['x', 'out'],
    columns: ['mean', 'factor', 'shift'],
    sums: false,
    value: (lanes, table, column) =>
      lanes.add(lanes.multiply(lanes.subtract(table('x'), column('mean')), column('factor')), column('shift')),
  },
  // dy * factor + (x - mean) * slope + shift
  normaliseGradient: {
    tables: ['x', 'dy', 'out'],
    columns: ['mean', 'factor', 'slope', 'shift'],
    sums: false,
    value: (lanes, table, column) =>
      lanes.add(
        lanes.add(
          lanes.multiply(table('dy'), column('factor')),
          lanes.multiply(lanes.subtract(table('x'), column('mean')), column('slope')),
        ),
        column('shift'),
      ),
  },
};

/** Parameters: the tables' addresses, the columns' addresses, `out` if it sums, `rows`, and `step`: the bytes of a row. */
export function columnLoop(loop: ColumnLoop, width: number): FunctionSource {
  const { tables, columns, sums, value } = shapes[loop];
  const lanes: Lanes = width % 4 === 0 ? four : one;
  const vectors = Array.from({ length: (width * 4) / lanes.bytes }, (_, v) => v);
  const kept = vectors.flatMap((v) => [...columns.map((name) => `${name}${v}`), ...(sums ? [`sum${v}`] : [])]);
  return {
    name: columnLoopName(loop, width),
    parameters: [...tables, ...columns, ...(sums ? ['out'] : []), 'rows', 'step'],
    locals: Object.fromEntries(kept.map((name) => [name, lanes.type])),
    body: (local) => {
      const read = (name: string): Code => get(local(name));
      const valueOf = (v: number): Code =>
        value(
          lanes,
          (name) => lanes.load(read(name), v * lanes.bytes),
          (name) => read(`${name}${v}`),
        );
      const prepare = vectors.flatMap((v) =>
        columns.map((name) => set(local(`${name}${v}`), lanes.load(read(name), v * lanes.bytes))),
      );
      const perRow: Code = [
        vectors.map((v) =>
          sums
            ? set(local(`sum${v}`), lanes.add(read(`sum${v}`), valueOf(v)))
            : lanes.store(read('out'), v * lanes.bytes, valueOf(v)),
        ),
        tables.map((name) => advance(local(name), read('step'))),
      ];
      const finish = sums ? vectors.map((v) => lanes.store(read('out'), v * lanes.bytes, read(`sum${v}`))) : [];
      return [prepare, repeat(local('rows'), perRow), finish];
    },
  };
}
