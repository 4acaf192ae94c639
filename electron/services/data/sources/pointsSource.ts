/** Writes generated sets of points in two classes; equal parameters give equal bytes on every machine. */
import { classCounts, twoClassInfo } from '../../../../shared/datasets/twoClasses';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import type { ParamSchema, ParamsOf } from '../../../../shared/ir/params';
import type { Json } from '../../../../shared/messages/define';
import { randomStream } from '../../../../shared/training/random';
import { breathe, paramsOf } from '../dataSource';
import type { DataSource } from '../dataSource';
import type { PreparedWriter } from '../preparedWriter';

/** `at` gives x and y of the points from `first` on: row-major [count, 2]. Even positions are of class 0. */
export interface PointGenerator {
  count: number;
  seed: number;
  /** Every part holds all points (the corners of XOR): there is nothing to split. */
  shared: boolean;
  at: (first: number, count: number) => Float32Array;
}

const chunk = 8192;

/** `schema` is the definition's: the parameters that arrive were resolved against it. */
export function pointsSource<Schema extends ParamSchema>(
  schema: Schema,
  generator: (params: ParamsOf<Schema>) => PointGenerator,
): DataSource {
  return {
    identity: ({ params }) => Promise.resolve({ ...params } as Json),
    async prepare(context, writer) {
      const points = generator(paramsOf(schema, context));
      planFields(writer);
      const partOf = points.shared ? null : drawParts(points);
      for (let first = 0; first < points.count; first += chunk) {
        const count = Math.min(chunk, points.count - first);
        const values = points.at(first, count);
        for (let row = 0; row < count; row += 1) {
          const label = (first + row) % 2;
          const into: readonly Part[] = partOf ? [partOf(first + row)] : ['train', 'validation', 'test'];
          for (const part of into) {
            writer.append('point', part, values.subarray(2 * row, 2 * row + 2));
            writer.append('label', part, Int32Array.of(label));
            writer.append('target', part, Float32Array.of(label));
          }
        }
        context.onProgress({ step: 'generating points', done: first + count, total: points.count });
        await breathe(context);
      }
      return { origin: null };
    },
  };
}

function planFields(writer: PreparedWriter): void {
  const common = { columns: null, layout: null, scaling: { kind: 'none' } } as const;
  for (const { name, shape, dtype, classes = null, range = null } of twoClassInfo(10).fields) {
    writer.addField({
      ...common,
      name,
      shape: [...shape],
      dtype,
      classes: classes && [...classes],
      range: range && [...range],
      stored: dtype,
      role: name === 'point' ? 'input' : 'target',
    });
  }
}

/** Stratified: each class is shuffled by itself; the first of it validate, the next test, the others train. */
function drawParts({ count, seed }: PointGenerator): (position: number) => Part {
  const ranks = [0, 1].map((label) => {
    const members = Math.floor((count + 1 - label) / 2);
    const counts = classCounts(members);
    const rank = new Uint32Array(members);
    randomStream(seed, 'split', label)
      .permutation(members)
      .forEach((member, place) => (rank[member] = place));
    return { rank, counts };
  });
  return (position) => {
    const { rank, counts } = ranks[position % 2] as (typeof ranks)[number];
    const place = rank[position >> 1] as number;
    if (place < counts.validation) return 'validation';
    return place < counts.validation + counts.test ? 'test' : 'train';
  };
}
