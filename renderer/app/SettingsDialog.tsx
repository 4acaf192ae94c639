/** What a user sets once for all designs. */
import { useEffect, type ReactNode } from 'react';
import type { Settings } from '../../shared/ipc/studio/settingsSchema';
import { autoEngine } from '../../shared/training/autoEngine';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Select, type Option } from '../ui/Select';
import { Switch } from '../ui/Switch';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';

export function SettingsDialog(): ReactNode {
  const { view } = useStudio();
  const words = useStrings(dialogStrings);
  return (
    <Dialog title={words.settings} closeLabel={words.close} onClose={() => view.getState().openDialog(null)}>
      <fieldset className={classes.group}>
        <legend className={classes.heading}>{words.look}</legend>
        <Choice
          name="theme"
          label={words.theme}
          options={[
            { value: 'system', title: words.asSystem },
            { value: 'light', title: words.light },
            { value: 'dark', title: words.dark },
          ]}
        />
        <Choice
          name="language"
          label={words.language}
          options={[
            { value: 'system', title: words.asSystem },
            { value: 'en', title: 'English' },
            { value: 'zh-CN', title: '简体中文' },
          ]}
        />
      </fieldset>
      <fieldset className={classes.group}>
        <legend className={classes.heading}>{words.drawing}</legend>
        <Choice
          name="wheel"
          label={words.wheel}
          options={[
            { value: 'zoom', title: words.wheelZooms },
            { value: 'scroll', title: words.wheelScrolls },
          ]}
        />
        <OnOff name="minimap" label={words.minimap} />
        <OnOff name="snapToGrid" label={words.snapToGrid} />
      </fieldset>
      <EngineChoice />
    </Dialog>
  );
}

function Choice<Name extends 'theme' | 'language' | 'wheel'>({
  name,
  label,
  options,
}: {
  name: Name;
  label: string;
  options: readonly Option<Settings[Name]>[];
}): ReactNode {
  const { settings } = useStudio();
  const value = useStudioState('settings', (state) => state.settings[name]);
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          label={label}
          value={value}
          options={options}
          onChange={(chosen) => settings.getState().change({ [name]: chosen })}
        />
      )}
    </Field>
  );
}

function OnOff({ name, label }: { name: 'minimap' | 'snapToGrid'; label: string }): ReactNode {
  const { settings } = useStudio();
  const checked = useStudioState('settings', (state) => state.settings[name]);
  return (
    <Field label={label}>
      {(id) => (
        <Switch id={id} checked={checked} onChange={(chosen) => settings.getState().change({ [name]: chosen })} />
      )}
    </Field>
  );
}

/** Which engine trains; the page on engines says more, and installs them. */
function EngineChoice(): ReactNode {
  const { engines: store, settings, view } = useStudio();
  const words = useStrings(dialogStrings);
  const chosen = useStudioState('settings', (state) => state.settings.engine);
  const engines = useStudioState('engines', (state) => state.engines);
  useEffect(() => void store.getState().look(false), [store]);
  const ready = (engines ?? []).filter(({ trains, state }) => trains && state === 'ready').map(({ name }) => name);
  const names = [...new Set([autoEngine, ...ready, chosen])];
  return (
    <fieldset className={classes.group}>
      <legend className={classes.heading}>{words.training}</legend>
      <Field label={words.engine}>
        {(id) => (
          <Select
            id={id}
            label={words.engine}
            value={chosen}
            options={names.map((name) => ({ value: name, title: name }))}
            onChange={(engine) => settings.getState().change({ engine })}
          />
        )}
      </Field>
      <div className={classes.buttons}>
        <Button onClick={() => view.getState().openDialog('engines')} data-action="train.engines">
          {words.enginesPage}
        </Button>
      </div>
    </fieldset>
  );
}
