/** The name of a loss, metric, optimizer or schedule, with that one's own parameters below it. */
import { Fragment, type ReactNode } from 'react';
import type { EntryRegistry, ParamSchema } from '../../../shared/ir/params';
import { library } from '../../../shared/library';
import type { Json } from '../../../shared/messages/define';
import { definitionWords, paramHelp } from '../../i18n/definitionWords';
import { paramLabel } from '../../i18n/paramLabels';
import { useLanguage } from '../../state/useLanguage';
import { Select } from '../../ui/Select';
import { changedEntry, entryOf, withParam, writtenEntry } from '../paramEdits';
import type { FieldControl } from './control';
import classes from './Form.module.css';

interface EntryInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id?: string;
  /** Draws a parameter of the entry. */
  field: (control: FieldControl) => ReactNode;
}

interface NamedDefinition {
  type: string;
  title: string;
  summary: string;
  params: ParamSchema;
}

export function definitionsOf(registry: EntryRegistry): readonly NamedDefinition[] {
  return library[registry].list;
}

export function EntryInput({ control, change, id, field }: EntryInputProps): ReactNode {
  const language = useLanguage();
  const { param, value, label, name } = control;
  const registry = param.form['registry'] as EntryRegistry;
  const entry = entryOf(value ?? param.default) ?? { type: JSON.stringify(value) };
  const definitions = definitionsOf(registry);
  const definition = definitions.find(({ type }) => type === entry.type);
  const options = definitions.map((one) => ({
    value: one.type,
    title: definitionWords(registry, one, language).title,
  }));
  const all = definition ? options : [...options, { value: entry.type, title: entry.type }];
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'type'));
  return (
    <span className={classes.stack}>
      <Select
        id={id}
        label={label}
        value={entry.type}
        options={all}
        onChange={(type) => {
          const chosen = definitions.find((one) => one.type === type);
          if (chosen) change(writtenEntry(changedEntry(entry, chosen)));
        }}
      />
      {definition && <p className={classes.hint}>{definitionWords(registry, definition, language).summary}</p>}
      {definition && Object.keys(definition.params).length > 0 && (
        <div className={classes.nested}>
          {Object.entries(definition.params).map(([inner, schema]) => (
            <Fragment key={`${entry.type}.${inner}`}>
              {field({
                ...control,
                name: `${name}.${inner}`,
                label: paramLabel(inner, language),
                help: paramHelp(registry, definition, inner, language),
                param: schema,
                value: Object.prototype.hasOwnProperty.call(given, inner) ? given[inner] : undefined,
                // What is wrong inside is said once, at the entry.
                problems: [],
                change: (next) =>
                  control.change(writtenEntry({ type: entry.type, ...withParam(given, inner, next, schema) })),
              })}
            </Fragment>
          ))}
        </div>
      )}
    </span>
  );
}
