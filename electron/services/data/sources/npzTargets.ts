/** How the arrays y become the target: `label` [], a class index, or `target` [...], numbers to predict. */
import type { npzParams } from '../../../../shared/datasets/npz';
import type { ParamsOf } from '../../../../shared/ir/params';
import { FileProblem } from '../../../files/fileProblem';
import type { NpyArray } from '../../../files/npy';
import { classIndices, isWholeType } from '../arrayValues';
import { sampleSize } from '../preparedFormat';
import type { FieldPlan, StoredValues } from '../preparedFormat';

export interface TargetPlan {
  field: FieldPlan;
  arrays: NpyArray[];
  /** Class indices of each array; empty where the target is numbers. */
  labels: Int32Array[];
  sample(array: number, index: number): StoredValues;
}

type NpzParams = ParamsOf<typeof npzParams>;
type Named = { name: string; array: NpyArray };

const common = { role: 'target', scaling: { kind: 'none' }, layout: null, columns: null } as const;

/** `field`: its name; null: "label" or "target". All arrays together decide how many classes there are. */
export function planTargets(
  file: string,
  field: string | null,
  named: readonly Named[],
  params: NpzParams,
): TargetPlan {
  const arrays = named.map(({ array }) => array);
  const first = arrays[0] as NpyArray;
  const single = first.shape.length === 1 || (first.shape.length === 2 && first.shape[1] === 1);
  const classes = params.task === 'classes' || (params.task === 'auto' && isWholeType(first.dtype) && single);
  const plan = classes ? planClasses(file, named, arrays, params.classes) : planNumbers(file, named, arrays);
  return field === null ? plan : { ...plan, field: { ...plan.field, name: field } };
}

function planClasses(file: string, named: readonly Named[], arrays: NpyArray[], wanted: number | null): TargetPlan {
  const labels = named.map(({ name, array }) => classIndices(`${file}: ${name}`, array, wanted));
  const found = labels.reduce((most, list) => list.reduce((sum, label) => Math.max(sum, label + 1), most), 0);
  const count = wanted ?? found;
  const samples = labels.reduce((sum, list) => sum + list.length, 0);
  if (count > Math.max(1000, samples)) {
    const name = named[0]?.name ?? 'y';
    const advice = `If ${name} holds numbers to predict, set data.task to "regression".`;
    const message = `${file}: ${name} names ${count} classes, more than it has samples. ${advice}`;
    throw new FileProblem('bad-value', file, message);
  }
  const names = Array.from({ length: count }, (_, index) => String(index));
  return {
    field: {
      ...common,
      name: 'label',
      shape: [],
      dtype: 'int32',
      stored: 'int32',
      classes: names,
      range: [0, count - 1],
    },
    arrays,
    labels,
    sample: (array, index) => (labels[array] as Int32Array).subarray(index, index + 1),
  };
}

/** y [samples] becomes targets of shape [1]. */
function planNumbers(file: string, named: readonly Named[], arrays: NpyArray[]): TargetPlan {
  const shapeOf = ({ shape }: NpyArray): number[] => (shape.length === 1 ? [1] : shape.slice(1));
  const shape = shapeOf(arrays[0] as NpyArray);
  const other = named.find(({ array }) => shapeOf(array).join() !== shape.join());
  if (other) {
    const message = `${other.name} has targets of [${shapeOf(other.array).join(', ')}]; expected [${shape.join(', ')}].`;
    throw new FileProblem('bad-value', file, `${file}: ${message}`);
  }
  const size = sampleSize(shape);
  return {
    field: { ...common, name: 'target', shape, dtype: 'float32', stored: 'float32', classes: null, range: null },
    arrays,
    labels: [],
    sample: (array, index) => {
      const values = (arrays[array] as NpyArray).values.subarray(index * size, (index + 1) * size);
      const sample = Float32Array.from(values as ArrayLike<number>);
      if (sample.every(Number.isFinite)) return sample;
      const where = `${file}: ${named[array]?.name ?? 'y'}`;
      throw new FileProblem(
        'bad-value',
        file,
        `${where}: target ${index} holds ${String(values)}; expected finite numbers.`,
      );
    },
  };
}
