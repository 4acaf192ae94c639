/** How a weight begins: a rule by name, with its number where it has one. */
import type { ReactNode } from 'react';
import type { Json } from '../../../shared/messages/define';
import { useStrings } from '../../state/StudioContext';
import { LiveInput } from '../../ui/LiveInput';
import { Select } from '../../ui/Select';
import { fieldText, readField } from '../fieldText';
import { entryOf, writtenEntry } from '../paramEdits';
import { strings } from '../strings';
import type { FieldControl } from './control';
import classes from './Form.module.css';

interface InitialiserInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id: string;
}

const numberKind = { kind: 'number', default: null, parse: (value: unknown) => ({ value }) };

export function InitialiserInput({ control, change, id }: InitialiserInputProps): ReactNode {
  const words = useStrings(strings);
  const { param, label } = control;
  const entry = entryOf(control.value ?? param.default) ?? { type: JSON.stringify(control.value) };
  const options = (param.form['options'] as string[] | undefined) ?? [];
  const all = options.includes(entry.type) ? options : [...options, entry.type];
  const amounts: Readonly<Record<string, string>> = {
    normal: words.deviation,
    uniform: words.bound,
    constant: words.constant,
  };
  const amount = amounts[entry.type];
  return (
    <span className={classes.stack}>
      <Select
        id={id}
        label={label}
        value={entry.type}
        options={all.map((type) => ({ value: type, title: type }))}
        onChange={(type) => change(type)}
      />
      {amount !== undefined && (
        <LiveInput
          label={`${label}: ${amount}`}
          value={fieldText(numberKind, entry['value'])}
          placeholder={amount}
          mono
          onChange={(text) => {
            const typed = text.trim() === '' ? undefined : readField(numberKind, text);
            return change(writtenEntry(typed === undefined ? { type: entry.type } : { ...entry, value: typed }));
          }}
        />
      )}
    </span>
  );
}
