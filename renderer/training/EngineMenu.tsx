/** Which engine trains, and what trying them has found. */
import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import type { Engines } from '../state/trainingStore';
import { trainingStrings } from './strings';
import classes from './TrainButtons.module.css';
import { sentenceOf } from '../state/sentenceOf';

export function EngineMenu(): ReactNode {
  const words = useStrings(trainingStrings);
  const { training, view } = useStudio();
  const engine = useStudioState('training', (state) => state.engine);
  const engines = useStudioState('training', (state) => state.engines);
  const busy = useStudioState('training', ({ phase }) => phase !== 'idle');
  const [trying, setTrying] = useState(false);
  const probe = (): void => {
    if (trying) return;
    setTrying(true);
    training
      .getState()
      .probeEngines()
      .catch((error: unknown) => view.getState().notify({ kind: 'error', text: sentenceOf(error) }))
      .finally(() => setTrying(false));
  };
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && engines === null && probe()}>
      <DropdownMenu.Trigger
        className={`${classes.button} ${classes.engine}`}
        disabled={busy}
        data-action="train.engine"
      >
        <span className={classes.label}>{words.engine}</span>
        {engine}
        <ChevronDown size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={classes.list} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className={classes.listTitle}>
            {trying ? words.tryingEngines : words.engines}
          </DropdownMenu.Label>
          {engines?.map((one) => (
            <EngineItem
              key={one.id}
              engine={one}
              chosen={one.id === engine}
              onChoose={() => training.getState().chooseEngine(one.id)}
            />
          ))}
          {engines !== null && !trying && (
            <DropdownMenu.Item
              className={classes.item}
              onSelect={(event) => {
                event.preventDefault();
                probe();
              }}
            >
              {words.tryEngines}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface EngineItemProps {
  engine: Engines[number];
  chosen: boolean;
  onChoose: () => void;
}

function EngineItem({ engine: { id, probe }, chosen, onChoose }: EngineItemProps): ReactNode {
  const words = useStrings(trainingStrings);
  const reason = [probe.reason, probe.remedy].filter((text) => text !== null).join(' ');
  return (
    <DropdownMenu.CheckboxItem
      className={classes.item}
      checked={chosen}
      disabled={!probe.available}
      data-engine={id}
      onSelect={onChoose}
    >
      <span className={classes.check}>{chosen && <Check size={14} aria-hidden />}</span>
      <span>
        <b>{id}</b>
        <span className={classes.note}>
          {probe.available ? words.engineReady(probe.device ?? id) : reason || words.engineMissing}
        </span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}
