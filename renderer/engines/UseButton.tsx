/** Makes an engine the one that trains from now on, or says that it is. */
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import classes from './Engines.module.css';
import { engineStrings } from './strings';

export function UseButton({ name }: { name: string }): ReactNode {
  const { settings } = useStudio();
  const words = useStrings(engineStrings);
  const used = useStudioState('settings', (state) => state.settings.engine === name);
  if (used) {
    return (
      <span className={classes.used} data-used={name}>
        <Check size={13} aria-hidden /> {words.used}
      </span>
    );
  }
  return (
    <Button
      onClick={() => settings.getState().change({ engine: name })}
      title={words.usedHelp}
      data-action="engines.use"
    >
      {words.use}
    </Button>
  );
}
