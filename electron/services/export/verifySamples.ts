/** What both sides compute with: samples of the design's data, and weights that are nowhere zero or one. */
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { Values } from '../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { FieldInfo } from '../../../shared/ir/trainingDefinitions';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { randomStream } from '../../../shared/training/random';
import type { StoredTensor } from '../../files/safetensors';
import type { OpenedData } from '../data/openData';
import { sampleSize } from '../data/preparedFormat';
import type { WeightValues } from './exportValues';

export const batches = 3;
export const batchSize = 8;
const samples = batches * batchSize;

/** By field: the samples of all batches, one after the other. */
export type FieldSamples = ReadonlyMap<string, StoredTensor>;

/** The first samples for training, again from the beginning where there are fewer. */
export async function realSamples(program: CheckedProgram, data: OpenedData): Promise<FieldSamples> {
  const count = data.count('train');
  const indices = Uint32Array.from({ length: samples }, (_, at) => at % count);
  const found = new Map<string, StoredTensor>();
  for (const { name, shape } of fieldsOf(program, data.info)) {
    const values = await data.read(name, 'train', indices);
    const dtype = values instanceof Int32Array ? 'I32' : 'F32';
    found.set(name, { dtype, shape: [samples, ...shape], data: values });
  }
  return found;
}

/** For a design without data: numbers around zero for inputs, values and classes that fit for targets. */
export function madeUpSamples(program: CheckedProgram, info: DataInfo): FieldSamples {
  const found = fieldsOf(program, info).map((field): [string, StoredTensor] => {
    const { name, shape, dtype, classes, range } = field;
    const units = randomStream(1, 'verify', name).uniform(samples * sampleSize(shape));
    const least = range?.[0] ?? 0;
    const most = range?.[1] ?? (classes ? classes.length - 1 : 3);
    const whole = (): Int32Array => Int32Array.from(units, (unit) => least + Math.floor(unit * (most - least + 1)));
    const real = (): Float32Array =>
      range ? units.map((unit) => least + unit * (most - least)) : units.map((unit) => 4 * unit - 2);
    return [
      name,
      {
        dtype: dtype === 'int32' ? 'I32' : 'F32',
        shape: [samples, ...shape],
        data: dtype === 'int32' ? whole() : real(),
      },
    ];
  });
  return new Map(found);
}

function fieldsOf({ feeds, heads }: CheckedProgram, { fields }: DataInfo): FieldInfo[] {
  const used = new Set([...feeds.map(({ field }) => field), ...heads.flatMap(({ target }) => target?.name ?? [])]);
  return fields.filter(({ name }) => used.has(name));
}

/**
 * Weights moved a little, so that a bias of zeros or a scale of ones that is left out, or taken for another, shows.
 * Statistics stay positive.
 */
export function movedValues(program: CheckedProgram, values: WeightValues): WeightValues {
  const moved = weightPlaces(program).map(({ key, spec }): [string, Values] => {
    const { shape, data } = values.get(key) as Values;
    const stream = randomStream(1, 'verify', key);
    const [factors, summands] = [stream.uniform(data.length), stream.uniform(data.length)];
    const positive = !spec.trainable && data.every((value) => value > 0);
    const size = Math.max(
      0.1,
      Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / Math.max(1, data.length)),
    );
    const move = (value: number, at: number): number => {
      const scaled = value * (0.7 + 0.6 * (factors[at] as number));
      return positive ? scaled : scaled + 0.4 * size * ((summands[at] as number) - 0.5);
    };
    return [key, { shape, data: Float32Array.from(data, move) }];
  });
  return new Map(moved);
}
