/** Precision, recall, F1 and samples of every class; the weakest come first and are marked. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClassTable as Table } from '../../shared/ipc/studio/runSchemas';
import { useStrings } from '../state/StudioContext';
import classes from './Classes.module.css';
import { classRows, type ClassColumn } from './classRows';
import { compareStrings } from './strings';

interface ClassTableProps {
  table: Table;
  /** The class whose row of the matrix is looked at. */
  selected: number | null;
  onSelect: (at: number) => void;
}

const columns: readonly ClassColumn[] = ['index', 'precision', 'recall', 'f1', 'support'];

export function ClassTable({ table, selected, onSelect }: ClassTableProps): ReactNode {
  const words = useStrings(compareStrings);
  const [sort, setSort] = useState<{ column: ClassColumn; descending: boolean }>({ column: 'f1', descending: false });
  const sortBy = (column: ClassColumn): void =>
    setSort({ column, descending: sort.column === column ? !sort.descending : false });
  return (
    <div className={classes.tableScroller}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
              >
                <button type="button" className={classes.title} onClick={() => sortBy(column)} data-sort={column}>
                  {column === 'index' ? words.class : words[column]}
                  {sort.column === column &&
                    (sort.descending ? <ArrowDown size={11} aria-hidden /> : <ArrowUp size={11} aria-hidden />)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classRows(table, sort).map(({ index, name, precision, recall, f1, support, worst }) => (
            <tr key={index} data-class={index} data-worst={worst || undefined} aria-selected={selected === index}>
              <th scope="row">
                <button type="button" className={classes.className} onClick={() => onSelect(index)} title={name}>
                  {name}
                  {worst && <span className={classes.mark} role="img" aria-label={words.worst} title={words.worst} />}
                </button>
              </th>
              <td>{share(precision)}</td>
              <td>{share(recall)}</td>
              <td>
                <span className={classes.meter} aria-hidden>
                  <span style={{ width: `${Math.round(f1 * 100)}%` }} />
                </span>
                {share(f1)}
              </td>
              <td>{support}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function share(value: number): string {
  return value.toFixed(3);
}
