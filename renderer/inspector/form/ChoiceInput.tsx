/** One of a few named values; a value of the file that is none of them is shown as it stands. */
import type { ReactNode } from 'react';
import type { Json } from '../../../shared/messages/define';
import { useStrings } from '../../state/StudioContext';
import { Select } from '../../ui/Select';
import { takesNull } from '../fieldText';
import { strings } from '../strings';
import type { FieldControl } from './control';

interface ChoiceInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id: string;
}

export function ChoiceInput({ control, change, id }: ChoiceInputProps): ReactNode {
  const words = useStrings(strings);
  const { param, value, label } = control;
  const known: Json[] =
    param.kind === 'boolean' ? [true, false] : ((param.form['options'] as Json[] | undefined) ?? []);
  const choices = takesNull(param) ? [null, ...known] : known;
  const current = (value === undefined ? param.default : value) as Json;
  const all = choices.some((one) => one === current) ? choices : [...choices, current];
  const titleOf = (one: Json): string => {
    if (one === null) return words.automatic;
    if (typeof one === 'boolean') return one ? words.yes : words.no;
    if (one === '\t') return words.tab;
    return typeof one === 'string' ? one : JSON.stringify(one);
  };
  return (
    <Select
      id={id}
      label={label}
      value={JSON.stringify(current)}
      options={all.map((one) => ({ value: JSON.stringify(one), title: titleOf(one) }))}
      onChange={(chosen) => change(JSON.parse(chosen) as Json)}
    />
  );
}
