/** How an installation goes on, or how it ended. */
import type { ReactNode } from 'react';
import type { EngineStatus } from '../../shared/ipc/studio/engineSchemas';
import { failureText } from '../i18n/failureText';
import { formatPercent } from '../i18n/numbers';
import { sentenceText } from '../i18n/sentenceText';
import { useLanguage } from '../state/useLanguage';
import { useStrings, useStudioState } from '../state/StudioContext';
import classes from './Engines.module.css';
import { engineStrings } from './strings';

export function InstallationLine({ status: { name, state, installation } }: { status: EngineStatus }): ReactNode {
  const words = useStrings(engineStrings);
  const language = useLanguage();
  const ended = useStudioState('engines', (engines) => engines.ended[name] ?? null);
  if (installation) {
    const { done, total } = installation;
    const step = sentenceText(installation.step, language);
    const share = total !== null && total > 0 ? Math.min(1, done / total) : null;
    return (
      <div className={classes.progress} role="status" data-installing={name}>
        <progress className={classes.bar} value={share ?? undefined} max={1} aria-label={words.installing} />
        <span>{share === null ? step : `${step} · ${formatPercent(share)}`}</span>
      </div>
    );
  }
  if (state === 'installing') return <p className={classes.reason}>{words.elsewhere}</p>;
  if (!ended) return null;
  if (ended.outcome === 'installed') return <p className={classes.done}>{words.installedNow}</p>;
  if (ended.outcome === 'cancelled') return <p className={classes.reason}>{words.cancelled}</p>;
  return (
    <p className={classes.problem} role="alert">
      {failureText({ code: ended.code ?? 'internal', message: ended.message ?? '' }, language)}
    </p>
  );
}
