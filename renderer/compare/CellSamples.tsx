/** The samples behind a cell of the confusion matrix, as the network saw them. */
import type { ReactNode } from 'react';
import type { ClassTable } from '../../shared/ipc/studio/runSchemas';
import { useStudio, useStrings } from '../state/StudioContext';
import type { CellPlace } from './classRows';
import classes from './Classes.module.css';
import { SampleView } from './SampleView';
import { compareStrings } from './strings';
import { useAnswer } from './useAnswer';

const most = 60;
const walkingPause = 150;

interface CellSamplesProps {
  run: string;
  table: ClassTable;
  cell: CellPlace | null;
}

export function CellSamples({ run, table: { head, part, classes: names }, cell }: CellSamplesProps): ReactNode {
  const { client } = useStudio();
  const words = useStrings(compareStrings);
  const key = cell && `${run} ${part} ${head} ${cell.actual} ${cell.predicted}`;
  const { value, problem, pending } = useAnswer(
    key,
    () => client.request('confusionSamples', { run, part, head, most, ...(cell ?? { actual: 0, predicted: 0 }) }),
    walkingPause,
  );
  if (!cell) return <p className={classes.hint}>{words.pickCell}</p>;
  const nameOf = (at: number): string => names[at]?.name ?? String(at);
  const label = (index: number): string => words.sampleTruth(index, nameOf(cell.actual), nameOf(cell.predicted));
  return (
    <div className={classes.samples} aria-busy={pending}>
      <p className={classes.samplesTitle} role="status">
        {pending && value === null && words.judging}
        {problem !== null && <span className={classes.problem}>{problem}</span>}
        {value !== null && words.cellSamples(value.total, value.samples.length)}
      </p>
      {value !== null && (
        <ul className={classes.sampleList} data-pending={pending || undefined}>
          {value.samples.map((sample) => (
            <li key={sample.index} data-sample={sample.index} title={label(sample.index)}>
              <SampleView sample={sample} size={48} label={label(sample.index)} />
              <span className={classes.sampleIndex}>{sample.index}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
