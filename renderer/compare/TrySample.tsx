/** Asks a trained network about samples of the test part: chosen from thumbnails, by number, or at random. */
import { ChevronLeft, ChevronRight, Dices } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { useStudio, useStrings } from '../state/StudioContext';
import { IconButton } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { TextInput } from '../ui/TextInput';
import { PredictionView } from './PredictionView';
import { pageOf, sampleIndex } from './samplePages';
import { SampleView } from './SampleView';
import { compareStrings } from './strings';
import classes from './TrySample.module.css';
import { useAnswer } from './useAnswer';

export function TrySample({ run }: { run: RunListing | null }): ReactNode {
  const words = useStrings(compareStrings);
  if (!run) return <EmptyState title={words.pickTry} text={words.pickTryText} />;
  return <Samples run={run.id} />;
}

function Samples({ run }: { run: string }): ReactNode {
  const { client } = useStudio();
  const words = useStrings(compareStrings);
  const [index, setIndex] = useState(0);
  const [wrong, setWrong] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const { indices, key } = pageOf(index, count);
  const page = useAnswer(`${run} ${key}`, async () => {
    const answer = await client.request('runSamples', { run, part: 'test', indices });
    setCount(answer.counts.test);
    return answer;
  });
  const samples = page.value?.samples ?? [];
  const sample = samples.find((one) => one.index === index) ?? null;
  if (page.problem !== null) return <EmptyState title={words.tryIt} text={page.problem} />;
  if (count === 0) return <EmptyState title={words.tryIt} text={words.noTestPart} />;
  if (count === null) return <p className={classes.waiting}>{words.reading}</p>;
  const choose = (next: number): void => {
    setWrong(false);
    setIndex(((next % count) + count) % count);
  };
  const typed = (text: string): void => {
    const next = sampleIndex(text, count);
    setWrong(next === null);
    if (next !== null) setIndex(next);
  };
  return (
    <div className={classes.panel}>
      <div className={classes.pick}>
        <div className={classes.toolbar}>
          <IconButton
            label={words.previous}
            icon={<ChevronLeft size={16} aria-hidden />}
            onClick={() => choose(index - 1)}
          />
          <span className={classes.number}>
            <TextInput value={String(index)} onCommit={typed} label={words.sample} mono />
          </span>
          <IconButton
            label={words.next}
            icon={<ChevronRight size={16} aria-hidden />}
            onClick={() => choose(index + 1)}
          />
          <IconButton
            label={words.random}
            icon={<Dices size={16} aria-hidden />}
            onClick={() => choose(Math.floor(Math.random() * count))}
            data-action="runs.randomSample"
          />
          <span
            className={classes.of}
            title={words.ofCount(count)}
            data-wrong={wrong || undefined}
            role={wrong ? 'alert' : undefined}
          >
            {wrong ? words.indexOutside(count - 1) : words.ofCount(count)}
          </span>
        </div>
        <ul className={classes.thumbnails} data-pending={page.pending || undefined}>
          {samples.map((one) => (
            <li key={one.index}>
              <button
                type="button"
                className={classes.thumbnail}
                aria-pressed={one.index === index}
                data-sample={one.index}
                title={words.sampleNumber(one.index)}
                onClick={() => choose(one.index)}
              >
                <SampleView sample={one} size={36} label={words.sampleNumber(one.index)} />
              </button>
            </li>
          ))}
        </ul>
      </div>
      {sample && <PredictionView run={run} sample={sample} />}
    </div>
  );
}
