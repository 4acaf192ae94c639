/** Which columns of a table are input, target and split. */
import { nearNames } from '../../../../shared/messages/nearNames';
import { FileProblem } from '../../../files/fileProblem';

export interface TableColumns {
  inputs: string[];
  target: string;
  split: string | null;
  /** All others. */
  unused: string[];
}

export interface ColumnWish {
  inputs: readonly string[];
  target: string | null;
  split: string | null;
}

/** Throws a `FileProblem` that names the column that is missing, and what is near it. */
export function tableColumns(file: string, names: readonly string[], wish: ColumnWish): TableColumns {
  const refuse = (message: string): never => {
    throw new FileProblem('bad-value', file, `${file}: ${message}`);
  };
  const find = (name: string, as: string): string => {
    if (names.includes(name)) return name;
    const near = nearNames(
      name,
      names.map((known) => ({ name: known })),
    );
    const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `The columns are ${names.join(', ')}.`;
    return refuse(`there is no column "${name}", named as ${as}. ${hint}`);
  };
  const split = wish.split === null ? null : find(wish.split, 'data.split');
  const last = names.filter((name) => name !== split).pop() ?? '';
  const target = find(wish.target ?? last, 'data.target');
  const others = names.filter((name) => name !== target && name !== split);
  const inputs = wish.inputs.length > 0 ? wish.inputs.map((name) => find(name, 'one of data.inputs')) : others;
  if (inputs.length === 0) refuse('no column is left as input: a table needs at least one besides the target.');
  const taken = inputs.find((name) => name === target || name === split);
  if (taken !== undefined) refuse(`the column "${taken}" is both input and ${taken === target ? 'target' : 'split'}.`);
  return { inputs, target, split, unused: others.filter((name) => !inputs.includes(name)) };
}
