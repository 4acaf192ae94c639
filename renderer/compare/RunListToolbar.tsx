/** What of the list is seen: words or an expression, one state, and how many that leaves. */
import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunFilter } from '../state/comparisonStore';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { IconButton } from '../ui/Button';
import { SearchInput } from '../ui/SearchInput';
import { Select, type Option } from '../ui/Select';
import classes from './RunList.module.css';
import { compareStrings } from './strings';

const states = ['running', 'paused', 'preparing', 'finished', 'stopped', 'interrupted', 'failed'] as const;

interface RunListToolbarProps {
  shown: number;
  all: number;
  /** False where the filter is no regular expression. */
  understood: boolean;
}

export function RunListToolbar({ shown, all, understood }: RunListToolbarProps): ReactNode {
  const { comparison, view } = useStudio();
  const words = useStrings(compareStrings);
  const filter = useStudioState('comparison', (state) => state.filter);
  const compared = useStudioState('view', ({ comparedRuns }) => comparedRuns.length);
  const change = (patch: Partial<RunFilter>): void =>
    comparison.getState().set({ filter: { ...comparison.getState().filter, ...patch } });
  const options: Option<RunFilter['state']>[] = [
    { value: 'all', title: words.anyState },
    ...states.map((value) => ({ value, title: words[value] })),
  ];
  return (
    <div className={classes.toolbar}>
      <div className={classes.search}>
        <SearchInput value={filter.text} onChange={(text) => change({ text })} label={words.filter} />
      </div>
      <div className={classes.states}>
        <Select
          value={filter.state}
          options={options}
          onChange={(state) => change({ state })}
          label={words.stateFilter}
        />
      </div>
      <span className={classes.count} role="status" data-invalid={!understood || undefined}>
        {understood ? words.count(shown, all) : words.notAnExpression}
      </span>
      <IconButton
        label={words.overlayNone}
        icon={<EyeOff size={15} aria-hidden />}
        disabled={compared === 0}
        onClick={() => view.getState().set({ comparedRuns: [] })}
        data-action="runs.overlayNone"
      />
    </div>
  );
}
