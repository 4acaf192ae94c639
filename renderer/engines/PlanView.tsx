/** What an installation would do, before it begins: where, with what, how large, and the same as a command. */
import { Copy } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { InstallPlan } from '../../shared/ipc/studio/engineSchemas';
import { formatBytes } from '../i18n/amounts';
import { sentenceOf } from '../state/sentenceOf';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button, IconButton } from '../ui/Button';
import classes from './Engines.module.css';
import { engineStrings } from './strings';

export function PlanView({ name }: { name: string }): ReactNode {
  const { engines } = useStudio();
  const words = useStrings(engineStrings);
  const shown = useStudioState('engines', ({ plans }) => plans[name] ?? null);
  const settled = shown !== null && (shown.plan !== null || shown.problem !== null);
  const element = useRef<HTMLDivElement>(null);
  // Its buttons may lie below what is seen.
  useEffect(() => element.current?.scrollIntoView({ block: 'nearest' }), [settled]);
  if (!shown) return null;
  const { anew, plan, problem } = shown;
  const { forgetPlan, install } = engines.getState();
  return (
    <div ref={element} className={classes.plan} data-plan={name}>
      <h4>{anew ? words.repairTitle : words.planTitle}</h4>
      {plan && <PlanFacts plan={plan} command={anew ? plan.repair : plan.install} />}
      {!plan && problem === null && <p role="status">{words.planning}</p>}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.choices}>
        <Button onClick={() => forgetPlan(name)}>{words.notNow}</Button>
        {plan && (
          <Button kind="primary" onClick={() => void install(name, anew)} data-action="engines.begin">
            {anew ? words.beginRepair : words.begin}
          </Button>
        )}
      </div>
    </div>
  );
}

function PlanFacts({ plan, command }: { plan: InstallPlan; command: string }): ReactNode {
  const words = useStrings(engineStrings);
  const { folder, python, packages, size, otherwise, free } = plan;
  const sizeText = ({ download, disk, needed }: InstallPlan['size']): string =>
    words.sizeText(formatBytes(download), formatBytes(disk), formatBytes(needed));
  return (
    <dl className={classes.planFacts}>
      <dt>{words.size}</dt>
      <dd data-plan-size>
        {sizeText(size)}
        {otherwise && <span className={classes.otherwise}>{words.otherwise(sizeText(otherwise))}</span>}
      </dd>
      <dt>{words.where}</dt>
      <dd>{folder}</dd>
      {free !== null && (
        <>
          <dt>{words.free}</dt>
          <dd>{formatBytes(free)}</dd>
        </>
      )}
      <dt>{words.means}</dt>
      <dd>{python}</dd>
      <dt>{words.packages}</dt>
      <dd>{packages.join(', ')}</dd>
      <dt>{words.inTerminal}</dt>
      <dd className={classes.command}>
        <code>{command}</code>
        <CopyCommand command={command} />
      </dd>
    </dl>
  );
}

function CopyCommand({ command }: { command: string }): ReactNode {
  const { client, view } = useStudio();
  const words = useStrings(engineStrings);
  const copy = (): void => {
    const { notify } = view.getState();
    client.request('writeClipboard', { text: command }).then(
      () => notify({ kind: 'info', text: words.copiedCommand }),
      (error: unknown) => notify({ kind: 'error', text: sentenceOf(error) }),
    );
  };
  return <IconButton label={words.copyCommand} icon={<Copy size={13} aria-hidden />} onClick={copy} />;
}
