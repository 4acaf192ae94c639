/** The docstring of a class: what it is, and the sizes of what it takes and gives. */
import type { Layout } from '../../ir/emit/emission';
import type { TensorType } from '../../ir/tensorType';
import { docstring, python } from '../python';
import { describeValue } from './describeValue';

interface DescribedEnd {
  readonly name: string;
  readonly type: TensorType;
  readonly layout: Layout;
}

interface DescribedEnds {
  readonly inputs: readonly DescribedEnd[];
  readonly outputs: readonly DescribedEnd[];
}

/** One line where it fits at one indentation; else a line for each value. */
export function classDocstring(title: string, { inputs, outputs }: DescribedEnds): string[] {
  const taken = inputs.map(({ name, type, layout }) => `${name} ${describeValue(type, layout)}`);
  const given = outputs.map(({ type, layout }) => describeValue(type, layout));
  const [line = ''] = docstring([`${title}: ${taken.join(', ')} to ${given.join(', ')}.`]);
  if (python.indent + line.length <= python.width) return [line];
  return docstring([
    `${title}.`,
    '',
    ...taken.map((each) => `Takes ${each}.`),
    ...outputs.map(({ name }, at) => `Gives ${name} ${given[at]}.`),
  ]);
}
