/** What a user sets once for all designs, and which engines work on this machine. */
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ResponseOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import type { Settings } from '../../shared/ipc/studio/settingsSchema';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Select, type Option } from '../ui/Select';
import { Switch } from '../ui/Switch';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';
import engineClasses from './Engines.module.css';
import { sentenceOf } from '../state/sentenceOf';

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
      <Engines />
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

type Tried = ResponseOf<StudioContract, 'engines'>['engines'] | { problem: string } | null;

function Engines(): ReactNode {
  const { client } = useStudio();
  const words = useStrings(dialogStrings);
  const [tried, setTried] = useState<Tried>(null);
  useEffect(() => {
    let gone = false;
    client.request('engines', {}).then(
      ({ engines }) => !gone && setTried(engines),
      (error: unknown) => !gone && setTried({ problem: sentenceOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [client]);
  return (
    <section className={classes.group} aria-label={words.engines}>
      <h3 className={classes.heading}>{words.engines}</h3>
      <p className={classes.note}>{words.enginesText}</p>
      {tried === null && <p className={classes.note}>{words.probing}</p>}
      {tried !== null && 'problem' in tried && <p role="alert">{tried.problem}</p>}
      {tried !== null &&
        !('problem' in tried) &&
        tried.map(({ id, probe }) => (
          <div key={id} className={engineClasses.engine} data-engine={id} data-works={probe.available}>
            {probe.available ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
            <b>{id}</b>
            <span>
              {probe.available
                ? words.works(probe.device ?? id, ((probe.seconds ?? 0) * 1000).toFixed(0))
                : [probe.reason, probe.remedy].join(' ')}
            </span>
          </div>
        ))}
      {Array.isArray(tried) && tried.length === 0 && <p className={classes.note}>{words.noEngine}</p>}
    </section>
  );
}
