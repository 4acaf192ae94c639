/** One line on the run that is shown: what it does, or how it ended, and the way on from there. */
import type { ReactNode } from 'react';
import type { Measures } from '../../shared/training/events';
import { isResumable, resumeRun } from '../actions/runCommands';
import { formatDuration, formatMeasure } from '../i18n/numbers';
import { sentenceText } from '../i18n/sentenceText';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { bestEpoch } from '../state/trainingFacts';
import { useLanguage } from '../state/useLanguage';
import { Button } from '../ui/Button';
import { choiceText, otherTrials } from './choiceText';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';
import type { ShownRun } from './useShownRun';

type State =
  | 'Preparing'
  | 'Running'
  | 'Pausing'
  | 'Paused'
  | 'Stopping'
  | 'Finished'
  | 'Stopped'
  | 'Failed'
  | 'Interrupted'
  | 'Idle';

export function RunHeading({ shown }: { shown: ShownRun }): ReactNode {
  const words = useStrings(trainingStrings);
  const studio = useStudio();
  const live = useStudioState('training', (state) => state.run);
  const listing = useStudioState('runs', ({ runs }) => runs?.find(({ id }) => id === shown.run) ?? null);
  const phase = useStudioState('training', (state) => state.phase);
  const outcome = useStudioState('training', (state) => state.outcome);
  const choice = useStudioState('training', (training) => training.choice);
  const { engine, device } = shown.past?.listing ?? listing ?? { engine: null, device: null };
  const name = shown.past?.listing.name ?? listing?.name ?? shown.run;
  const own = shown.past === null;
  const word = (text: string): State => (text.charAt(0).toUpperCase() + text.slice(1)) as State;
  const state = own ? word(phase === 'idle' ? (outcome ?? 'idle') : phase) : word(shown.past?.listing.state ?? 'idle');
  const canResume = listing !== null && isResumable(listing) && phase === 'idle';
  return (
    <div className={classes.heading}>
      <span className={classes.state} data-state={state.toLowerCase()} role="status">
        {words[`state${state}`]}
      </span>
      <span className={classes.run} title={shown.run}>
        {name}
      </span>
      {engine !== null && (
        <span
          className={classes.results}
          title={device === null ? undefined : sentenceText(device, studio.language())}
          data-run-engine={engine}
        >
          {own && choice ? (
            <span title={otherTrials(choice, studio.language())} data-choice={choice.engine}>
              {choiceText(choice, words)}
            </span>
          ) : (
            engine
          )}
        </span>
      )}
      <Results shown={shown} />
      {canResume && (
        <Button kind="quiet" data-action="run.resume" onClick={() => void resumeRun(studio, shown.run)}>
          {words.resume}
        </Button>
      )}
      {!own && live !== null && live !== shown.run && (
        <Button kind="quiet" onClick={() => studio.view.getState().set({ shownRun: null })}>
          {words.backToLive}
        </Button>
      )}
    </div>
  );
}

function mainMeasure(measures: Measures): string {
  const names = Object.keys(measures).filter((name) => name !== 'loss' && !name.endsWith('/loss'));
  return names.find((name) => /(^|\/)accuracy$/.test(name)) ?? names[0] ?? 'loss';
}

function Results({ shown: { past } }: { shown: ShownRun }): ReactNode {
  const words = useStrings(trainingStrings);
  const language = useLanguage();
  const result = useStudioState('training', (state) => state.result);
  const epochs = useStudioState('training', (state) => state.epochsDone);
  const warnings = useStudioState('training', (state) => state.warnings);
  const { test, validation, seconds } = past
    ? past.listing
    : {
        test: result?.test ?? null,
        validation: bestEpoch(epochs)?.validation ?? null,
        seconds: result?.seconds ?? NaN,
      };
  const best = bestEpoch(past ? past.epochs : epochs);
  const told = past ? past.warnings.map(({ message }) => message) : warnings;
  const measures = test ?? validation;
  const parts: string[] = [];
  if (measures) {
    const measure = mainMeasure(measures);
    const value = formatMeasure(measure, measures[measure]);
    const name = measure === 'accuracy' ? words.accuracyInText : measure === 'loss' ? words.lossInText : measure;
    parts.push(test ? words.testResult(name, value) : words.validationResult(name, value));
  }
  if (best) parts.push(words.bestEpoch(best.epoch));
  if (Number.isFinite(seconds) && seconds > 0) parts.push(words.duration(formatDuration(seconds)));
  return (
    <span className={classes.results} data-result={test ? 'test' : 'validation'}>
      {parts.join(' · ')}
      {told.length > 0 && (
        <span className={classes.warnings} title={told.map((text) => sentenceText(text, language)).join('\n')}>
          {words.warnings(told.length)}
        </span>
      )}
    </span>
  );
}
