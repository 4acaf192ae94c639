/** How each run's design differs from the baseline's, said node by node. */
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { parseDesign } from '../../shared/design/parseDesign';
import type { Design } from '../../shared/design/schema';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { RunDetailsEntry } from '../state/runDetailsStore';
import { useStudioState, useStrings } from '../state/StudioContext';
import { designDifferences } from './designDifferences';
import { designSentences } from './designSentences';
import classes from './Differences.module.css';
import { compareStrings } from './strings';

interface DesignWordsProps {
  runs: readonly RunListing[];
  baseline: string | null;
}

export function DesignWords({ runs, baseline }: DesignWordsProps): ReactNode {
  const words = useStrings(compareStrings);
  const entries = useStudioState('runDetails', (state) => state.entries);
  const reference = runs.find(({ id }) => id === baseline);
  const told = useMemo(() => {
    const base = designOf(entries.get(baseline ?? ''));
    return runs.map(({ id }): readonly string[] | null => {
      if (id === baseline) return [];
      const design = designOf(entries.get(id));
      return base && design ? designSentences(designDifferences(base, design), words) : null;
    });
  }, [runs, baseline, entries, words]);
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={runs.length + 1} className={classes.section}>
          {words.design}
        </th>
      </tr>
      <tr>
        <th scope="row" className={classes.label}>
          {words.comparedWith(reference?.name ?? '')}
        </th>
        {runs.map(({ id }, at) => (
          <td key={id} className={classes.words} data-design={id}>
            {id !== baseline && (
              <Sentences told={told[at] ?? null} entry={entries.get(id)} name={reference?.name ?? ''} />
            )}
          </td>
        ))}
      </tr>
    </tbody>
  );
}

interface SentencesProps {
  told: readonly string[] | null;
  entry: RunDetailsEntry | undefined;
  name: string;
}

function Sentences({ told, entry, name }: SentencesProps): ReactNode {
  const words = useStrings(compareStrings);
  if (told === null) return entry ? words.noDesign : words.readingRun;
  if (told.length === 0) return <span className={classes.faint}>{words.sameDesign(name)}</span>;
  return (
    <ul className={classes.sentences}>
      {told.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function designOf(entry: RunDetailsEntry | undefined): Design | null {
  if (!entry?.details?.design) return null;
  const parsed = parseDesign(JSON.stringify(entry.details.design), entry.details.listing.id);
  return 'problems' in parsed ? null : parsed.design;
}
