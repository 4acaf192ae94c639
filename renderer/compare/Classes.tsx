/** How one run does on every class: its table, the confusion matrix, and the samples behind a cell of it. */
import { useState, type ReactNode } from 'react';
import type { ClassTable as Table, RunListing } from '../../shared/ipc/studio/runSchemas';
import { isLiving } from '../actions/runCommands';
import { sentenceText } from '../i18n/sentenceText';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { EmptyState } from '../ui/EmptyState';
import { Select } from '../ui/Select';
import { CellSamples } from './CellSamples';
import classes from './Classes.module.css';
import type { CellPlace } from './classRows';
import { ClassTable } from './ClassTable';
import { ConfusionMatrix } from './ConfusionMatrix';
import { compareStrings } from './strings';

export function Classes({ run }: { run: RunListing | null }): ReactNode {
  const words = useStrings(compareStrings);
  const language = useLanguage();
  const entry = useStudioState('runDetails', ({ entries }) => (run ? entries.get(run.id) : undefined));
  if (!run) return <EmptyState title={words.pickOne} text={words.pickOneText} />;
  const details = entry?.details;
  if (!details) {
    return <p className={classes.waiting}>{entry?.problem ? words.runFailed(entry.problem) : words.readingRun}</p>;
  }
  return (
    <div className={classes.panel}>
      {details.problem !== null && (
        <p className={classes.problem} role="alert">
          {sentenceText(details.problem, language)}
        </p>
      )}
      {details.warnings.length > 0 && (
        <ul className={classes.warnings} aria-label={words.warnings}>
          {details.warnings.map(({ code, message }, at) => (
            <li key={`${code} ${at}`}>{sentenceText(message, language)}</li>
          ))}
        </ul>
      )}
      {details.classTables.length === 0 ? (
        <EmptyState title={words.noClasses} text={isLiving(run) ? words.notJudged : words.noClassesText} />
      ) : (
        <Judged run={run.id} tables={details.classTables} />
      )}
    </div>
  );
}

function Judged({ run, tables }: { run: string; tables: readonly Table[] }): ReactNode {
  const { comparison } = useStudio();
  const words = useStrings(compareStrings);
  const wantedPart = useStudioState('comparison', ({ part }) => part);
  const [wantedHead, setHead] = useState<string | null>(null);
  const [cell, setCell] = useState<CellPlace | null>(null);
  const parts = (['test', 'validation'] as const).filter((part) => tables.some((table) => table.part === part));
  const part = parts.includes(wantedPart) ? wantedPart : (parts[0] ?? 'test');
  const ofPart = tables.filter((table) => table.part === part);
  const table = ofPart.find(({ head }) => head === wantedHead) ?? ofPart[0];
  if (!table) return null;
  const partTitles = { test: words.testPart, validation: words.validationPart };
  return (
    <div className={classes.judged}>
      <div className={classes.left}>
        <div className={classes.choices}>
          <div className={classes.choice}>
            <Select
              value={part}
              options={parts.map((value) => ({ value, title: partTitles[value] }))}
              onChange={(value) => comparison.getState().set({ part: value })}
              label={words.part}
            />
          </div>
          {ofPart.length > 1 && (
            <div className={classes.choice}>
              <Select
                value={table.head}
                options={ofPart.map(({ head }) => ({ value: head, title: head }))}
                onChange={setHead}
                label={words.output}
              />
            </div>
          )}
        </div>
        <ClassTable
          table={table}
          selected={cell?.actual ?? null}
          onSelect={(at) => setCell({ actual: at, predicted: at })}
        />
      </div>
      <ConfusionMatrix table={table} cell={cell} onCell={setCell} />
      <CellSamples run={run} table={table} cell={cell} />
    </div>
  );
}
