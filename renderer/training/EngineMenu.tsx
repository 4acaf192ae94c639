/** Which engine trains, what trying them has found, and the way to the page that says more. */
import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { EngineStatus } from '../../shared/ipc/studio/engineSchemas';
import { autoEngine } from '../../shared/training/autoEngine';
import { sentenceText } from '../i18n/sentenceText';
import type { Language } from '../i18n/language';
import { useLanguage } from '../state/useLanguage';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { useShownEngine } from '../state/useShownEngine';
import { choiceText } from './choiceText';
import { trainingStrings } from './strings';
import classes from './TrainButtons.module.css';

export function EngineMenu(): ReactNode {
  const words = useStrings(trainingStrings);
  const language = useLanguage();
  const { engines: store, view } = useStudio();
  const shown = useShownEngine();
  const chosen = useStudioState('settings', ({ settings }) => settings.engine);
  const engines = useStudioState('engines', (state) => state.engines);
  const trying = useStudioState('engines', (state) => state.trying);
  const problem = useStudioState('engines', (state) => state.problem);
  const choice = useStudioState('training', (state) => state.choice);
  const busy = useStudioState('training', ({ phase }) => phase !== 'idle');
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && void store.getState().look(false)}>
      <DropdownMenu.Trigger
        className={`${classes.button} ${classes.engine}`}
        disabled={busy}
        data-action="train.engine"
      >
        <span className={classes.label}>{words.engine}</span>
        {shown}
        <ChevronDown size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={classes.list} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className={classes.listTitle}>
            {problem ?? (trying ? words.tryingEngines : words.engines)}
          </DropdownMenu.Label>
          <EngineItem
            id={autoEngine}
            note={choice ? choiceText(choice, words) : words.autoText}
            chosen={chosen === autoEngine}
          />
          {engines?.map((status) =>
            status.trains ? (
              <EngineItem
                key={status.name}
                id={status.name}
                note={noteOf(status, words, language)}
                chosen={chosen === status.name}
                disabled={status.state !== 'ready'}
              />
            ) : null,
          )}
          <DropdownMenu.Separator className={classes.separator} />
          <DropdownMenu.Item
            className={classes.item}
            data-action="train.engines"
            onSelect={() => view.getState().openDialog('engines')}
          >
            <span className={classes.check} />
            {words.enginesPage}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function noteOf(
  { name, state, probe, reason }: EngineStatus,
  words: (typeof trainingStrings)['en'],
  language: Language,
): string {
  if (state === 'ready') return words.engineReady(sentenceText(probe?.device ?? name, language));
  // The page has the whole story.
  if (state === 'missing') return words.engineNotInstalled;
  return reason === null ? words.engineMissing : sentenceText(reason, language);
}

interface EngineItemProps {
  id: string;
  note: string;
  chosen: boolean;
  disabled?: boolean;
}

function EngineItem({ id, note, chosen, disabled }: EngineItemProps): ReactNode {
  const { settings } = useStudio();
  return (
    <DropdownMenu.CheckboxItem
      className={classes.item}
      checked={chosen}
      disabled={disabled}
      data-engine={id}
      onSelect={() => settings.getState().change({ engine: id })}
    >
      <span className={classes.check}>{chosen && <Check size={14} aria-hidden />}</span>
      <span>
        <b>{id}</b>
        <span className={classes.note}>{note}</span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}
