/** Values with their axes in another order, copied by rows or by blocks that fit a cache: no index for each number. */

/** Of the result: how far one step along it leads in the source and in the result. */
interface Axis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** What lies in memory at once: this many rows of this many numbers. */
const block = 32;
/** Shorter rows are copied number by number: to ask for a copy costs more. */
const longRow = 64;

/** Axis i of the result is axis `axes[i]` of the source; the same array where no number moves. */
export function moveAxes(data: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const walked = walkedAxes(shape, axes);
  const last = walked.pop();
  if (data.length === 0 || !last || walked.length === 0) return data;
  // What lies together in the source goes fast along that axis, what lies together in the result along the last.
  const at = last.from === 1 ? walked.length - 1 : walked.findIndex(({ from }) => from === 1);
  const [rows] = walked.splice(at, 1) as [Axis];
  const result = new Float32Array(data.length);
  const copyPlane = last.from === 1 && last.size >= longRow ? copyRows : copyBlocks;
  forEachPlane(walked, 0, 0, (from, to) => copyPlane(data, result, { rows, columns: last, from, to }));
  return result;
}

/** Without axes of one entry; axes that lie in the source as they do in the result count as one. */
function walkedAxes(shape: readonly number[], axes: readonly number[]): Axis[] {
  const strides = stridesOf(shape);
  const walked: Axis[] = [];
  let to = 1;
  for (const axis of [...axes].reverse()) {
    const [size, from] = [shape[axis] as number, strides[axis] as number];
    const inner = walked[0];
    if (inner && from === inner.from * inner.size) walked[0] = { ...inner, size: inner.size * size };
    else if (size !== 1) walked.unshift({ size, from, to });
    to *= size;
  }
  return walked;
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1)
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  return strides;
}

function forEachPlane(
  [axis, ...inner]: readonly Axis[],
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  if (!axis) return visit(from, to);
  for (let at = 0; at < axis.size; at += 1) forEachPlane(inner, from + at * axis.from, to + at * axis.to, visit);
}

interface Plane {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly from: number;
  readonly to: number;
}

function copyRows(data: Float32Array, result: Float32Array, { rows, columns, from, to }: Plane): void {
  for (let row = 0; row < rows.size; row += 1) {
    const start = from + row * rows.from;
    result.set(data.subarray(start, start + columns.size), to + row * rows.to);
  }
}

function copyBlocks(data: Float32Array, result: Float32Array, { rows, columns, from, to }: Plane): void {
  const stride = columns.from;
  for (let top = 0; top < rows.size; top += block) {
    const bottom = Math.min(top + block, rows.size);
    for (let left = 0; left < columns.size; left += block) {
      const right = Math.min(left + block, columns.size);
      for (let row = top; row < bottom; row += 1) {
        const start = to + row * rows.to;
        let source = from + row * rows.from + left * stride;
        for (let column = left; column < right; column += 1) {
          result[start + column] = data[source] as number;
          source += stride;
        }
      }
    }
  }
}
