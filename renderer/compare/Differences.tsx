/** Runs side by side: what they achieved, how their designs differ, and every setting that is not the same. */
import { useMemo, useState, type ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { runColour } from '../state/runColours';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { EmptyState } from '../ui/EmptyState';
import { SearchInput } from '../ui/SearchInput';
import { Switch } from '../ui/Switch';
import { DesignWords } from './DesignWords';
import classes from './Differences.module.css';
import { runCode } from './measures';
import { Results } from './Results';
import { settingRows } from './settingRows';
import { Settings } from './Settings';
import { compareStrings } from './strings';
import { useAnswer } from './useAnswer';

interface DifferencesProps {
  runs: readonly RunListing[];
  baseline: string | null;
}

export function Differences({ runs, baseline }: DifferencesProps): ReactNode {
  const { client, comparison } = useStudio();
  const words = useStrings(compareStrings);
  const differencesOnly = useStudioState('comparison', (state) => state.differencesOnly);
  const colours = useStudioState('settings', ({ settings }) => settings.runColours);
  const [search, setSearch] = useState('');
  const ids = runs.map(({ id }) => id);
  const answer = useAnswer(runs.length < 2 ? null : ids.join('\n'), async () => {
    const { differences } = await client.request('compareRuns', { runs: ids, all: true });
    return { ids, differences };
  });
  // An answer for other runs has other columns.
  const settings = answer.value?.ids.join('\n') === ids.join('\n') ? answer.value.differences : null;
  const rows = useMemo(
    () => (settings ? settingRows(settings, { search, differencesOnly }) : null),
    [settings, search, differencesOnly],
  );
  if (runs.length < 2) return <EmptyState title={words.pickTwo} text={words.pickTwoText} />;
  const nothing = search === '' && differencesOnly ? words.noDifferences : words.noSettingFound;
  return (
    <div className={classes.panel}>
      <div className={classes.toolbar}>
        <div className={classes.search}>
          <SearchInput value={search} onChange={setSearch} label={words.searchSettings} />
        </div>
        <label className={classes.switch}>
          <Switch
            checked={differencesOnly}
            onChange={(checked) => comparison.getState().set({ differencesOnly: checked })}
            label={words.differencesOnly}
          />
          {words.differencesOnly}
        </label>
      </div>
      <div className={classes.scroller}>
        <table className={classes.table} style={{ minWidth: 180 + runs.length * 130 }}>
          <colgroup>
            <col className={classes.labels} />
            {runs.map(({ id }) => (
              <col key={id} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className={classes.corner} />
              {runs.map(({ id, name }) => (
                <th key={id} scope="col" title={`${name}\n${id}`} data-run={id}>
                  <span className={classes.head}>
                    <span className={classes.swatch} style={{ background: runColour(colours, id) }} aria-hidden />
                    <span className={classes.headName}>{name}</span>
                  </span>
                  <span className={classes.under}>
                    <span className={classes.code}>{runCode(id)}</span>
                    {id === baseline && <span className={classes.baseline}>{words.baseline}</span>}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <Results runs={runs} baseline={baseline} />
          <DesignWords runs={runs} baseline={baseline} />
          {rows && <Settings rows={rows} runs={ids} nothing={nothing} />}
        </table>
        {answer.problem !== null && (
          <p className={classes.problem} role="alert">
            {answer.problem}
          </p>
        )}
      </div>
    </div>
  );
}
