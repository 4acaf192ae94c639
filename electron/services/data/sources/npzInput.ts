/** How an array becomes an input field: its axes, its type and its scale. */
import type { npzParams } from '../../../../shared/datasets/npz';
import type { ParamsOf } from '../../../../shared/ir/params';
import { FileProblem } from '../../../files/fileProblem';
import type { NpyArray } from '../../../files/npy';
import { channelsLast, isWholeType, orderedShape } from '../arrayValues';
import { sampleSize } from '../preparedFormat';
import type { FieldPlan, StoredValues } from '../preparedFormat';

export interface InputPlan {
  field: FieldPlan;
  /** Throws a `FileProblem` where another array's samples are not like the first one's. */
  check(name: string, x: NpyArray): void;
  /** The stored values of one sample; reused by the next call. */
  sample(x: NpyArray, index: number): StoredValues;
}

const axesOf = { asIs: null, NHWC: 4, NCHW: 4, NHW: 3 } as const;

/**
 * `x` [samples, ...] of the array `name` becomes the field `field`; a plain list of numbers [samples] becomes samples of
 * one feature, [1].
 */
export function planInput(field: string, name: string, x: NpyArray, params: ParamsOf<typeof npzParams>): InputPlan {
  const layout = layoutOf(name, x, params);
  const raw = x.shape.length === 1 ? [1] : x.shape.slice(1);
  const bytes = isByteType(x.dtype);
  const whole = isWholeType(x.dtype) && !bytes;
  const dtype = params.dtype === 'auto' ? (whole ? 'int32' : 'float32') : params.dtype;
  const divided = x.dtype === '|u1' && params.scaling === 'auto' && dtype === 'float32';
  const stored = bytes ? 'uint8' : dtype;
  const plan: FieldPlan = {
    name: field,
    shape: orderedShape(raw, layout),
    dtype,
    classes: null,
    range: divided ? [0, 1] : null,
    stored,
    role: 'input',
    scaling: divided ? { kind: 'divide', by: 255, largest: 255 } : { kind: 'none' },
    layout,
    columns: null,
  };
  const size = sampleSize(raw);
  const buffer = { uint8: new Uint8Array(size), float32: new Float32Array(size), int32: new Int32Array(size) }[stored];
  return {
    field: plan,
    check(otherName, other) {
      const found = other.shape.length === 1 ? [1] : other.shape.slice(1);
      const alike = found.join() === raw.join() && isByteType(other.dtype) === bytes;
      if (!alike) {
        const told = `samples of ${other.dtype} [${found.join(', ')}]`;
        const expected = `${x.dtype} [${raw.join(', ')}] like those of ${name}`;
        throw new FileProblem('bad-value', otherName, `${otherName} has ${told}; expected ${expected}.`);
      }
    },
    sample(array, index) {
      const values = array.values.subarray(index * size, (index + 1) * size);
      for (let at = 0; at < size; at += 1) checkValue(name, values[at] as number, dtype, index);
      if (layout === 'NCHW') channelsLast(values, raw, buffer);
      else buffer.set(values);
      return buffer;
    },
  };
}

/** With several inputs the layout is that of those with as many axes: an image beside plain features. */
function layoutOf(name: string, { shape }: NpyArray, params: ParamsOf<typeof npzParams>): 'NCHW' | 'NHW' | null {
  const axes = axesOf[params.layout];
  if (axes !== null && shape.length !== axes) {
    if (params.inputs.length > 1) return null;
    const message = `${name}: data.layout ${params.layout} needs ${axes} axes, the array is [${shape.join(', ')}].`;
    throw new FileProblem('bad-value', name, message);
  }
  return params.layout === 'NCHW' || params.layout === 'NHW' ? params.layout : null;
}

function isByteType(dtype: string): boolean {
  return dtype === '|u1' || dtype === '|b1';
}

function checkValue(name: string, value: number, dtype: 'float32' | 'int32', index: number): void {
  const good = dtype === 'float32' ? Number.isFinite(Math.fround(value)) : value === (value | 0);
  if (good) return;
  const expected = dtype === 'float32' ? 'a finite number that float32 can hold' : 'a whole number of 32 bits';
  throw new FileProblem('bad-value', name, `${name}: sample ${index} holds ${value}; expected ${expected}.`);
}
