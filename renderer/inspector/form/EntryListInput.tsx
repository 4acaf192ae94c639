/** A list of metrics: added, removed, each with its own parameters. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EntryRegistry } from '../../../shared/ir/params';
import type { Json } from '../../../shared/messages/define';
import { definitionWords } from '../../i18n/definitionWords';
import { useStrings } from '../../state/StudioContext';
import { useLanguage } from '../../state/useLanguage';
import { IconButton } from '../../ui/Button';
import { Select } from '../../ui/Select';
import { entryOf } from '../paramEdits';
import { strings } from '../strings';
import type { FieldControl } from './control';
import { definitionsOf, EntryInput } from './EntryInput';
import classes from './Form.module.css';

interface EntryListInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  /** Draws a parameter of an entry. */
  field: (control: FieldControl) => ReactNode;
}

export function EntryListInput({ control, change, field }: EntryListInputProps): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const registry = control.param.form['registry'] as EntryRegistry;
  const list = Array.isArray(control.value) ? control.value : [];
  const titles = definitionsOf(registry).map((one) => ({
    value: one.type,
    title: definitionWords(registry, one, language).title,
  }));
  const taken = new Set(list.map((entry) => entryOf(entry)?.type));
  const put = (at: number, entry: Json | undefined): string | null => {
    const changed = list.flatMap((one, index) => (index !== at ? [one] : entry === undefined ? [] : [entry]));
    return control.change(changed.length === 0 ? undefined : changed);
  };
  return (
    <span className={classes.stack}>
      {list.length === 0 && control.emptyHint !== undefined && <p className={classes.hint}>{control.emptyHint}</p>}
      {list.map((entry, at) => (
        <div key={`${at} ${entryOf(entry)?.type ?? ''}`} className={classes.metric}>
          <EntryInput
            control={{ ...control, name: `${control.name}.${at}`, value: entry, change: (next) => put(at, next) }}
            change={(next) => put(at, next) === null}
            field={field}
          />
          <IconButton
            label={words.removeMetric(titles.find(({ value }) => value === entryOf(entry)?.type)?.title ?? '')}
            icon={<X size={14} aria-hidden />}
            onClick={() => void put(at, undefined)}
          />
        </div>
      ))}
      <Select
        key={list.length}
        label={words.addMetric}
        value=""
        placeholder={words.addMetric}
        options={titles.filter(({ value }) => !taken.has(value))}
        onChange={(type) => change([...list, type])}
        disabled={titles.every(({ value }) => taken.has(value))}
      />
    </span>
  );
}
