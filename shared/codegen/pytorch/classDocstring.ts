/** The docstring of a class: what it is, and the sizes of what it takes and gives. */
import type { Layout } from '../../ir/emit/emission';
import type { TensorType } from '../../ir/tensorType';
import { docstring, python } from '../python';

export interface DescribedEnd {
  readonly name: string;
  readonly type: TensorType;
  readonly layout: Layout;
}

interface DescribedEnds {
  readonly inputs: readonly DescribedEnd[];
  readonly outputs: readonly DescribedEnd[];
}

/** `instances`: all that the class is written for; `nameOf`: the parameter that has these values, where one has. */
export function classDocstring(
  title: string,
  instances: readonly DescribedEnds[],
  nameOf: (values: readonly number[]) => string | null,
): string[] {
  const shapeOf = (of: 'inputs' | 'outputs', at: number): string =>
    describeValue(
      instances.map((each) => each[of][at] as DescribedEnd),
      nameOf,
    );
  const { inputs, outputs } = instances[0] as DescribedEnds;
  const taken = inputs.map(({ name }, at) => `${name} ${shapeOf('inputs', at)}`);
  const given = outputs.map((_, at) => shapeOf('outputs', at));
  const [line = ''] = docstring([`${title}: ${taken.join(', ')} to ${given.join(', ')}.`]);
  if (python.indent + line.length <= python.width) return [line];
  return docstring([
    `${title}.`,
    '',
    ...taken.map((each) => `Takes ${each}.`),
    ...outputs.map(({ name }, at) => `Gives ${name} ${given[at]}.`),
  ]);
}

/** Sizes in the order of PyTorch: "(batch, 3, 32, 32)"; a size that differs is called by its parameter, or by its axis. */
function describeValue(ends: readonly DescribedEnd[], nameOf: (values: readonly number[]) => string | null): string {
  const { type, layout } = ends[0] as DescribedEnd;
  const sizes = layout.axes.map((axis) => {
    const all = ends.map((end) => end.type.dims[axis]?.size ?? 1);
    if (all.every((size) => size === all[0])) return String(all[0]);
    const known = nameOf(all.filter((size): size is number => typeof size === 'number'));
    return known ?? type.dims[axis]?.name ?? 'any';
  });
  const shape = sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
  return type.dtype === 'float32' ? shape : `${type.dtype} ${shape}`;
}
