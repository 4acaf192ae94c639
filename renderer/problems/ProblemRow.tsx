/** One diagnostic: what is wrong, where, and its repairs as buttons. */
import { CircleAlert, TriangleAlert, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../shared/messages';
import { applyRepair, goToProblem, problemNode } from '../actions/problemCommands';
import { diagnosticText, repairTitle } from '../i18n/diagnosticText';
import { paramLabel } from '../i18n/paramLabels';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { problemPlace } from './problemPlace';
import classes from './Problems.module.css';
import { strings } from './strings';

export function ProblemRow({ diagnostic }: { diagnostic: Diagnostic }): ReactNode {
  const studio = useStudio();
  const words = useStrings(strings);
  const language = useLanguage();
  const text = diagnosticText(diagnostic, language);
  const place = usePlace(diagnostic);
  const node = problemNode(diagnostic);
  const selected = useStudioState('view', ({ selection }) => node !== null && selection.has(node));
  const error = diagnostic.severity === 'error';
  const Sign = error ? CircleAlert : TriangleAlert;
  return (
    <div
      className={`${classes.row} ${selected ? classes.selected : ''}`}
      data-severity={diagnostic.severity}
      data-problem={diagnostic.code}
    >
      <span className={classes.sign} role="img" aria-label={error ? words.error : words.warning}>
        <Sign size={14} aria-hidden />
      </span>
      <button
        type="button"
        className={classes.sentence}
        title={words.goTo(place)}
        data-stop
        onClick={() => goToProblem(studio, diagnostic)}
      >
        <span className={classes.place}>{place}</span>
        {text}
      </button>
      {diagnostic.repairs.length > 0 && (
        <span className={classes.repairs}>
          {diagnostic.repairs.map((repair) => (
            <button
              key={repair.title}
              type="button"
              className={classes.repair}
              data-repair={diagnostic.code}
              onClick={() => applyRepair(studio, diagnostic, repair)}
            >
              <Wrench size={12} aria-hidden />
              {words.repair(repairTitle(repair, language))}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}

/** A setting is called what its field in the inspector is called. */
function usePlace(diagnostic: Diagnostic): string {
  const words = useStrings(strings);
  const language = useLanguage();
  const place = useStudioState('document', ({ design }) => problemPlace(diagnostic, design));
  if (diagnostic.node !== null || place === null) return place ?? words.design;
  const [part, name] = place.split('.');
  if (name === undefined || name === '') return part === 'data' ? words.data : words.design;
  return part === 'data' ? words.dataSetting(paramLabel(name, language)) : words.setting(paramLabel(name, language));
}
