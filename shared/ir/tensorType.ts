/** The type of a value on a wire: data type and named dimensions, of which batch and time may be symbolic. */

export type DataType = 'float32' | 'int32' | 'bool';

export type DimName = 'batch' | 'time' | 'height' | 'width' | 'channels' | 'features' | 'any';

/** A dimension; a string as size is a symbol (equal symbols are equal sizes), such as "batch". */
export interface Dim {
  name: DimName;
  size: number | string;
}

/** dims[0] is always the batch. Layout is channels last: [batch, height, width, channels], [batch, time, features]. */
export interface TensorType {
  dtype: DataType;
  dims: readonly Dim[];
}

export const batchDim: Dim = { name: 'batch', size: 'batch' };

const namesByRank: Record<number, DimName[]> = {
  0: [],
  1: ['features'],
  2: ['time', 'features'],
  3: ['height', 'width', 'channels'],
};

/** A batch of samples of the given shape; names follow the rank: features; time, features; height, width, channels. */
export function batchOf(
  shape: readonly (number | string)[],
  dtype: DataType = 'float32',
  names?: DimName[],
): TensorType {
  const dimNames = names ?? namesByRank[shape.length] ?? shape.map(() => 'any' as const);
  return { dtype, dims: [batchDim, ...shape.map((size, axis) => ({ name: dimNames[axis] ?? 'any', size }))] };
}

/** Sizes without the batch, e.g. [28, 28, 1]. */
export function sampleSizes(type: TensorType): (number | string)[] {
  return type.dims.slice(1).map((dim) => dim.size);
}

/** Elements of one sample, or null where a size is symbolic. */
export function sampleElements(type: TensorType): number | null {
  let product = 1;
  for (let axis = 1; axis < type.dims.length; axis++) {
    const size = type.dims[axis]?.size;
    if (typeof size !== 'number') return null;
    product *= size;
  }
  return product;
}

export function sameSizes(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** "batch x 28 x 28 x 1 float32", with the multiplication sign. */
export function formatType(type: TensorType): string {
  const sizes = type.dims.map((dim) => String(dim.size)).join('×');
  return type.dtype === 'float32' ? sizes : `${sizes} ${type.dtype}`;
}

/** A key under which equal types are equal strings. */
export function typeKey(type: TensorType): string {
  return `${type.dtype}[${type.dims.map((dim) => `${dim.name}:${dim.size}`).join(',')}]`;
}
