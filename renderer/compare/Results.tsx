/** The first rows of the comparison: what the runs achieved, with what that is more or less than the baseline's. */
import type { ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { formatDelta, formatDuration, formatMeasure } from '../i18n/numbers';
import { useStrings } from '../state/StudioContext';
import classes from './Differences.module.css';
import { resultRows, type ResultCell, type ResultRow } from './resultRows';
import { compareStrings } from './strings';
import { useMeasureName } from './useMeasureName';

interface ResultsProps {
  runs: readonly RunListing[];
  baseline: string | null;
}

export function Results({ runs, baseline }: ResultsProps): ReactNode {
  const words = useStrings(compareStrings);
  const measureName = useMeasureName();
  const label = ({ name, of }: ResultRow): string => {
    if (of === 'validation') return words.ofValidation(measureName(name));
    if (of === 'test') return words.ofTest(measureName(name));
    return name === 'duration' ? words.trainingTime : words.bestEpoch;
  };
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={runs.length + 1} className={classes.section}>
          {words.results}
        </th>
      </tr>
      {resultRows(runs, baseline).map((row) => (
        <tr key={`${row.of} ${row.name}`} data-result={`${row.of} ${row.name}`}>
          <th scope="row" className={classes.label}>
            {label(row)}
          </th>
          {row.cells.map((cell, at) => (
            <td key={runs[at]?.id ?? at} className={classes.number}>
              {valueText(row, cell)}
              {cell.delta !== null && (
                <span
                  className={classes.delta}
                  data-verdict={cell.verdict}
                  aria-label={`${deltaText(row, cell.delta)} ${cell.verdict ? words[cell.verdict] : ''}`}
                >
                  {cell.verdict === 'better' && '✓ '}
                  {deltaText(row, cell.delta)}
                </span>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function valueText({ name, of }: ResultRow, { value }: ResultCell): string {
  if (value === null) return '–';
  if (of !== 'run') return formatMeasure(name, value);
  return name === 'duration' ? formatDuration(value) : String(value);
}

function deltaText({ name, of }: ResultRow, delta: number): string {
  if (of !== 'run') return formatDelta(name, delta);
  const sign = delta < 0 ? '−' : delta > 0 ? '+' : '±';
  return `${sign}${name === 'duration' ? formatDuration(Math.abs(delta)) : Math.abs(delta)}`;
}
