/** What outputs decide and what the data say, as class indices: the rule of `shared/metrics/decisions`, in plain numbers. */
import { isBinary } from '../../shared/metrics/decisions';
import type { Head } from '../../shared/ir/program';

/** `values` row-major in `shape`. For a binary loss every element is a decision, else the last axis holds scores. */
export function decidedClasses({ loss }: Head, values: Float32Array, shape: readonly number[]): Int32Array {
  const { type } = loss.definition;
  if (isBinary({ type, params: loss.params })) {
    const threshold = loss.params.from === 'probabilities' ? 0.5 : 0;
    return Int32Array.from(values, (value) => Number(value > threshold));
  }
  return largestOf(values, shape[shape.length - 1] ?? 1);
}

/** `values`: the target's; `outputs`: how many values the output has for the same samples. */
export function trueClasses(
  { loss }: Head,
  values: Float32Array | Int32Array,
  outputs: number,
  classes: number,
): Int32Array {
  const { type } = loss.definition;
  if (isBinary({ type, params: loss.params })) return Int32Array.from(values, (value) => Number(value > 0.5));
  // One-hot targets have as many values as the output.
  return values.length === outputs && classes > 1 ? largestOf(values, classes) : Int32Array.from(values);
}

function largestOf(values: ArrayLike<number>, width: number): Int32Array {
  const rows = Math.floor(values.length / width);
  return Int32Array.from({ length: rows }, (_, row) => {
    let largest = 0;
    for (let at = 1; at < width; at += 1) {
      if ((values[row * width + at] as number) > (values[row * width + largest] as number)) largest = at;
    }
    return largest;
  });
}
