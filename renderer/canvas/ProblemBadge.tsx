/** What is wrong with a node, as a sign at its corner with the sentences in its tooltip. */
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../shared/messages';
import { diagnosticText } from '../i18n/diagnosticText';
import { useStudio, useStudioState } from '../state/StudioContext';
import { Tooltip } from '../ui/Tooltip';
import classes from './LayerNode.module.css';

const none: readonly Diagnostic[] = [];

export function ProblemBadge({ id }: { id: string }): ReactNode {
  const studio = useStudio();
  const language = useStudioState('settings', () => studio.language());
  const problems = useStudioState('derived', (state) => state.problems.get(id) ?? none);
  const [first] = problems;
  if (!first) return null;
  const text = problems.map((problem) => diagnosticText(problem, language)).join('\n');
  const Sign = first.severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <Tooltip text={text}>
      <span
        className={classes.badge}
        data-severity={first.severity}
        data-problem={first.code}
        role="img"
        aria-label={text}
      >
        <Sign size={14} aria-hidden />
      </span>
    </Tooltip>
  );
}
