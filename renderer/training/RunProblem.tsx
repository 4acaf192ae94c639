/** Why the run broke off: what, where, and the way out. */
import { CircleAlert, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { sentenceText } from '../i18n/sentenceText';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';

export function RunProblem(): ReactNode {
  const words = useStrings(trainingStrings);
  const studio = useStudio();
  const problem = useStudioState('training', (state) => state.problem);
  const restarting = useStudioState('training', (state) => state.restarting);
  const outcome = useStudioState('training', (state) => state.outcome);
  const notFinite = useStudioState('training', (state) => state.notFinite);
  const node = notFinite?.node?.split('/')[0] ?? null;
  const isDrawn = useStudioState('document', ({ design }) => design.nodes.some(({ id }) => id === node));
  if (problem === null) return null;
  const title = outcome === 'interrupted' ? words.interruptedTitle : words.failedTitle;
  const reveal = (): void => {
    const { canvas, select } = studio.view.getState();
    if (node === null) return;
    if (canvas) canvas.reveal(node);
    else select([node]);
  };
  return (
    <div className={classes.problem} role="alert" data-kind={restarting ? 'warning' : 'error'}>
      {restarting ? <LoaderCircle size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
      <p>
        <b>{restarting ? words.restarting : `${title}.`}</b> {sentenceText(problem, studio.language())}
      </p>
      {node !== null && isDrawn && <Button onClick={reveal}>{words.selectNode}</Button>}
    </div>
  );
}
