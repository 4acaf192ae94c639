/** Titles of the columns; a click sorts by one, a second the other way round. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunColumn } from '../state/comparisonStore';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import classes from './RunList.module.css';
import { compareStrings } from './strings';

const columns: readonly RunColumn[] = [
  'name',
  'state',
  'validation',
  'test',
  'epochs',
  'duration',
  'created',
  'engine',
];
/** Of these, more comes first. */
const descendingFirst: ReadonlySet<RunColumn> = new Set(['validation', 'test', 'epochs', 'duration', 'created']);

export function RunListHeader(): ReactNode {
  const { comparison } = useStudio();
  const words = useStrings(compareStrings);
  const sort = useStudioState('comparison', (state) => state.sort);
  const sortBy = (column: RunColumn): void => {
    const descending = sort.column === column ? !sort.descending : descendingFirst.has(column);
    comparison.getState().set({ sort: { column, descending } });
  };
  return (
    <div role="row" aria-rowindex={1} className={`${classes.row} ${classes.header}`}>
      <span role="columnheader" aria-label={words.curves} />
      {columns.map((column) => {
        const sorted = sort.column === column;
        const order = sort.descending ? 'descending' : 'ascending';
        return (
          <span
            key={column}
            role="columnheader"
            aria-sort={sorted ? order : 'none'}
            className={`${classes.cell} ${classes[column]}`}
          >
            <button type="button" className={classes.title} onClick={() => sortBy(column)} data-sort={column}>
              <span className={classes.titleText}>{words[column]}</span>
              {sorted && (sort.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
            </button>
          </span>
        );
      })}
      <span role="columnheader" />
    </div>
  );
}
