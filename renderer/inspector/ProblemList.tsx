/** What is wrong beside the fields, with the repairs. */
import { CircleAlert, TriangleAlert, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../shared/messages';
import { applyRepair } from '../actions/problemCommands';
import { repairTitle } from '../i18n/diagnosticText';
import { useStudio } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import classes from './Inspector.module.css';

interface ProblemListProps {
  problems: readonly { text: string; diagnostic: Diagnostic }[];
  label: string;
}

export function ProblemList({ problems, label }: ProblemListProps): ReactNode {
  const studio = useStudio();
  const language = useLanguage();
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={label}>
      {problems.map(({ text, diagnostic }) => {
        const Sign = diagnostic.severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li key={text} data-severity={diagnostic.severity}>
            <Sign size={14} aria-hidden className={classes.problemSign} />
            <div>
              {text}
              {diagnostic.repairs.map((repair) => (
                <button
                  key={repair.title}
                  type="button"
                  className={classes.repair}
                  onClick={() => applyRepair(studio, diagnostic, repair)}
                >
                  <Wrench size={11} aria-hidden />
                  {repairTitle(repair, language)}
                </button>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
