/** What a docstring says of a value: its sizes in the order of PyTorch, "(batch, 3, 32, 32)". */
import type { Layout } from '../../ir/emit/emission';
import type { TensorType } from '../../ir/tensorType';

export function describeValue({ dtype, dims }: TensorType, { axes }: Layout): string {
  const sizes = axes.map((axis) => String(dims[axis]?.size));
  const shape = sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
  return dtype === 'float32' ? shape : `${dtype} ${shape}`;
}
