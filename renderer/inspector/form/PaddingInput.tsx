/** Padding by name, or in numbers. */
import { useState, type ReactNode } from 'react';
import type { Json } from '../../../shared/messages/define';
import { useStrings } from '../../state/StudioContext';
import { LiveInput } from '../../ui/LiveInput';
import { Select } from '../../ui/Select';
import { fieldText, readField } from '../fieldText';
import { strings } from '../strings';
import type { FieldControl } from './control';
import classes from './Form.module.css';

interface PaddingInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id: string;
  describedBy: string | undefined;
}

export function PaddingInput({ control, change, id, describedBy }: PaddingInputProps): ReactNode {
  const words = useStrings(strings);
  const { param, value, label, problems } = control;
  const current = (value ?? param.default) as Json;
  const named = param.form['names'] === true;
  const isName = current === 'valid' || current === 'same';
  // The numbers have begun, but none is there yet.
  const [numbers, setNumbers] = useState(false);
  const inNumbers = !named || !isName || numbers;
  return (
    <span className={classes.stack}>
      {named && (
        <Select
          id={id}
          label={label}
          value={inNumbers ? 'custom' : current}
          options={[
            { value: 'valid', title: 'valid' },
            { value: 'same', title: 'same' },
            { value: 'custom', title: words.custom },
          ]}
          onChange={(chosen) => {
            setNumbers(chosen === 'custom');
            if (chosen !== 'custom') change(chosen);
          }}
        />
      )}
      {inNumbers && (
        <LiveInput
          id={named ? undefined : id}
          label={named ? words.paddingNumbers : label}
          value={isName ? '' : fieldText(param, current)}
          placeholder="1 / 1, 2 / 0, 1, 0, 1"
          mono
          invalid={problems.length > 0}
          describedBy={describedBy}
          onChange={(text) => change(readField(param, text))}
        />
      )}
    </span>
  );
}
