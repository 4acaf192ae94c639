/** The page on engines: which work on this machine, which one trains, and what would have to be installed. */
import { Copy, RefreshCw } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { autoEngine } from '../../shared/training/autoEngine';
import { sentenceOf } from '../state/sentenceOf';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { EngineCard } from './EngineCard';
import classes from './Engines.module.css';
import { engineStrings } from './strings';
import { UseButton } from './UseButton';

const lookMilliseconds = 3000;

export function EnginesDialog(): ReactNode {
  const { engines: store, view } = useStudio();
  const words = useStrings(engineStrings);
  const engines = useStudioState('engines', (state) => state.engines);
  const trying = useStudioState('engines', (state) => state.trying);
  const problem = useStudioState('engines', (state) => state.problem);
  useEffect(() => void store.getState().look(false), [store]);
  const elsewhere = (engines ?? []).some(({ state, installation }) => state === 'installing' && installation === null);
  useEffect(() => {
    if (!elsewhere) return undefined;
    // Another program tells nothing.
    const timer = setInterval(() => void store.getState().look(false), lookMilliseconds);
    return () => clearInterval(timer);
  }, [elsewhere, store]);
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={() => view.getState().openDialog(null)} wide>
      <div className={classes.page} data-feature="engines" data-trying={trying}>
        <div className={classes.head}>
          <p className={classes.text} role="status">
            {trying ? words.trying : words.text}
          </p>
          <Button onClick={() => void store.getState().look(true)} disabled={trying} data-action="engines.tryAgain">
            <RefreshCw size={13} aria-hidden /> {words.tryAgain}
          </Button>
          <CopyDiagnostics />
        </div>
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {engines && (
          <section className={classes.auto} data-engine={autoEngine}>
            <b>{words.auto}</b>
            <p>{words.autoText}</p>
            <MeasureAnew />
            <UseButton name={autoEngine} />
          </section>
        )}
        {engines?.map((status) => (
          <EngineCard key={status.name} status={status} />
        ))}
      </div>
    </Dialog>
  );
}

/** For who doubts what was measured, perhaps while the machine was busy. */
function MeasureAnew(): ReactNode {
  const { client, view } = useStudio();
  const words = useStrings(engineStrings);
  const forget = (): void => {
    const { notify } = view.getState();
    client.request('forgetChoices', {}).then(
      () => notify({ kind: 'info', text: words.forgotten }),
      (error: unknown) => notify({ kind: 'error', text: sentenceOf(error) }),
    );
  };
  return (
    <Button kind="quiet" onClick={forget} title={words.measureAnewHelp} data-action="engines.measureAnew">
      {words.measureAnew}
    </Button>
  );
}

function CopyDiagnostics(): ReactNode {
  const { client, engines, view } = useStudio();
  const words = useStrings(engineStrings);
  const trying = useStudioState('engines', (state) => state.trying);
  const copy = async (): Promise<void> => {
    const { notify } = view.getState();
    try {
      await client.request('writeClipboard', { text: await engines.getState().diagnostics() });
      notify({ kind: 'info', text: words.copied });
    } catch (error) {
      notify({ kind: 'error', text: sentenceOf(error) });
    }
  };
  return (
    <Button onClick={() => void copy()} disabled={trying} data-action="engines.diagnostics">
      <Copy size={13} aria-hidden /> {words.copyDiagnostics}
    </Button>
  );
}
