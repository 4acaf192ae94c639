/** One engine: whether it works, on what, and what can be done about it. */
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EngineState, EngineStatus } from '../../shared/ipc/studio/engineSchemas';
import { sentenceText } from '../i18n/sentenceText';
import { useLanguage } from '../state/useLanguage';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { engineFacts } from './engineFacts';
import classes from './Engines.module.css';
import { InstallationLine } from './InstallationLine';
import { PlanView } from './PlanView';
import { engineStrings } from './strings';
import { UseButton } from './UseButton';

const icons: Record<EngineState, ReactNode> = {
  ready: <CircleCheck size={15} aria-hidden />,
  missing: <CircleDashed size={15} aria-hidden />,
  unfinished: <CircleAlert size={15} aria-hidden />,
  outdated: <CircleAlert size={15} aria-hidden />,
  broken: <CircleAlert size={15} aria-hidden />,
  installing: <LoaderCircle size={15} aria-hidden />,
};

export function EngineCard({ status }: { status: EngineStatus }): ReactNode {
  const words = useStrings(engineStrings);
  const language = useLanguage();
  const { name, state, trains, probe, environment, reason, remedy } = status;
  const facts = engineFacts(status, words, language);
  const needsInstalling = environment !== null && state !== 'ready';
  // The command stands in the plan, and the button is here.
  const told = [reason, needsInstalling ? null : remedy]
    .flatMap((text) => (text === null ? [] : [sentenceText(text, language)]))
    .join(language === 'en' ? ' ' : '');
  const missing = state === 'missing' && needsInstalling;
  return (
    <section className={classes.card} data-engine={name} data-state={state} aria-label={name}>
      <header className={classes.cardHead}>
        <span className={classes.state}>{icons[state]}</span>
        <h3 className={classes.name}>{name}</h3>
        <span className={classes.stateText}>{words[state]}</span>
        <span className={classes.actions}>
          {trains && state === 'ready' && <UseButton name={name} />}
          <CardActions status={status} />
        </span>
      </header>
      {environment && (missing || !trains) && (
        <p className={classes.purpose}>
          {words.environmentTitle(
            sentenceText(environment.purpose, language),
            sentenceText(environment.holds, language),
          )}
        </p>
      )}
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(({ title, text }) => (
            <div key={title} className={classes.fact}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {told !== '' && !missing && state !== 'installing' && <p className={classes.reason}>{told}</p>}
      {told !== '' && missing && trains && (
        <details className={classes.looked}>
          <summary>{words.lookedAt}</summary>
          {told}
        </details>
      )}
      {probe?.available && probe.whyNotAccelerated && (
        <p className={classes.warning} data-warning="cuda">
          <TriangleAlert size={14} aria-hidden />
          <span>
            <b>{words.withoutGpu}</b> {sentenceText(probe.whyNotAccelerated, language)}
          </span>
        </p>
      )}
      <InstallationLine status={status} />
      <PlanView name={name} />
    </section>
  );
}

/** What would mend each state; a plan that is shown says the rest. */
function CardActions({ status: { name, state, environment, installation } }: { status: EngineStatus }): ReactNode {
  const { engines } = useStudio();
  const words = useStrings(engineStrings);
  const planned = useStudioState('engines', ({ plans }) => name in plans);
  const { plan, cancel } = engines.getState();
  if (!environment || planned) return null;
  if (state === 'installing') {
    if (!installation) return null;
    return (
      <Button onClick={() => void cancel(name)} data-action="engines.cancel">
        {words.cancel}
      </Button>
    );
  }
  // An engine may work with a Python of the user's: there is nothing of ours to repair.
  if (state === 'ready' && environment.python === null) return null;
  const anew = state === 'ready' || state === 'broken' || state === 'outdated';
  const mend = state === 'outdated' ? words.renew : words.repair;
  const make = state === 'unfinished' ? words.goOn : words.install;
  return (
    <Button
      kind={state === 'ready' ? 'quiet' : 'plain'}
      onClick={() => void plan(name, anew)}
      data-action={anew ? 'engines.repair' : 'engines.install'}
    >
      {anew ? mend : make}
    </Button>
  );
}
