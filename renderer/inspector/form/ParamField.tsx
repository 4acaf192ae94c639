/** One parameter, with the control that its kind asks for. */
import { useState, type ReactNode } from 'react';
import type { Json } from '../../../shared/messages/define';
import { useStrings } from '../../state/StudioContext';
import { LiveInput } from '../../ui/LiveInput';
import { Switch } from '../../ui/Switch';
import { fieldText, readField, sameValue, takesNull } from '../fieldText';
import { hasSteps, stepped } from '../stepped';
import { strings } from '../strings';
import { ChoiceInput } from './ChoiceInput';
import type { FieldControl } from './control';
import { EntryInput } from './EntryInput';
import { EntryListInput } from './EntryListInput';
import { FileInput } from './FileInput';
import { FormRow, type Scrub } from './FormRow';
import { InitialiserInput } from './InitialiserInput';
import { PaddingInput } from './PaddingInput';

export function ParamField({ control }: { control: FieldControl }): ReactNode {
  const words = useStrings(strings);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { param, value, mixed } = control;
  const change = (next: Json | undefined): boolean => {
    const refused = control.change(next);
    setRefusal(refused);
    return refused === null;
  };
  const differs = mixed === true || (value !== undefined && !sameValue(param, value, param.default));
  const plain = !isExpression(value);
  const props = { control, change };
  const drawn = (id: string, describedBy: string | undefined): ReactNode => {
    if (mixed === true || !plain) return <TextControl {...props} id={id} describedBy={describedBy} />;
    switch (param.kind) {
      case 'boolean':
        if (takesNull(param)) return <ChoiceInput {...props} id={id} />;
        if (typeof (value ?? param.default) !== 'boolean')
          return <TextControl {...props} id={id} describedBy={describedBy} />;
        return <Switch id={id} label={control.label} checked={(value ?? param.default) === true} onChange={change} />;
      case 'choice':
        return <ChoiceInput {...props} id={id} />;
      case 'padding2d':
        return <PaddingInput {...props} id={id} describedBy={describedBy} />;
      case 'initialiser':
        return <InitialiserInput {...props} id={id} />;
      case 'entry':
        return <EntryInput {...props} id={id} field={field} />;
      case 'entryList':
        return <EntryListInput {...props} field={field} />;
      case 'path':
        return <FileInput {...props} id={id} describedBy={describedBy} />;
      default:
        return <TextControl {...props} id={id} describedBy={describedBy} />;
    }
  };
  const tall = plain && (param.kind === 'entry' || param.kind === 'entryList' || param.kind === 'path');
  return (
    <FormRow
      name={control.name}
      label={control.label}
      help={control.help}
      problems={refusal === null ? control.problems : [refusal]}
      reset={
        differs
          ? { text: fieldText(param, param.default) || words.nothingDefault, run: () => void change(undefined) }
          : null
      }
      scrub={scrubOf(control, change)}
      tall={tall}
    >
      {drawn}
    </FormRow>
  );
}

function field(control: FieldControl): ReactNode {
  return <ParamField control={control} />;
}

function isExpression(value: Json | undefined): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

/** What the control stands at, for steps: a number, or a pair of them. */
function steppable({ param, value, mixed }: FieldControl): Json | null {
  const current = (value ?? param.default) as Json;
  if (mixed === true || !hasSteps(param)) return null;
  const numbers = Array.isArray(current) ? current : [current];
  return numbers.every((part) => typeof part === 'number') ? current : null;
}

function scrubOf(control: FieldControl, change: (value: Json) => boolean): Scrub | null {
  const current = steppable(control);
  if (current === null) return null;
  let start: Json = current;
  return {
    begin: () => {
      start = current;
      scrubStarts.set(control.name, current);
      control.begin();
    },
    // The row is drawn anew at every move, so where the drag began is kept outside of it.
    move: (steps) => void change(stepped(control.param, scrubStarts.get(control.name) ?? start, steps) as Json),
    commit: () => {
      scrubStarts.delete(control.name);
      control.commit();
    },
    cancel: () => {
      scrubStarts.delete(control.name);
      control.cancel();
    },
  };
}

const scrubStarts = new Map<string, Json>();

interface ControlProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id: string;
  describedBy: string | undefined;
}

/** Numbers, lists, texts and expressions. */
function TextControl({ control, change, id, describedBy }: ControlProps): ReactNode {
  const words = useStrings(strings);
  const { param, value, mixed, label, problems } = control;
  const current = steppable(control);
  const fallback = fieldText(param, param.default);
  return (
    <LiveInput
      id={id}
      label={label}
      value={mixed === true || value === undefined ? '' : fieldText(param, value)}
      placeholder={mixed === true ? words.mixed : fallback || words.nothingDefault}
      mono={param.kind !== 'text'}
      invalid={problems.length > 0}
      describedBy={describedBy}
      onChange={(text) => change(readField(param, text))}
      onStep={current === null ? undefined : (by) => void change(stepped(param, current, by) as Json)}
    />
  );
}
