/** What the network says of one sample: each class with its probability as a bar, the true one marked. */
import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Prediction, Sample } from '../../shared/ipc/studio/runSchemas';
import { formatNumber, formatPercent } from '../i18n/numbers';
import { useStudio, useStrings } from '../state/StudioContext';
import { readPrediction } from './readPrediction';
import { SampleView } from './SampleView';
import { compareStrings } from './strings';
import classes from './TrySample.module.css';
import { useAnswer } from './useAnswer';

/** Asking starts a process: not for samples that are only passed by. */
const walkingPause = 150;

interface PredictionViewProps {
  run: string;
  sample: Sample;
}

export function PredictionView({ run, sample }: PredictionViewProps): ReactNode {
  const { client } = useStudio();
  const words = useStrings(compareStrings);
  const answer = useAnswer(
    `${run} ${sample.index}`,
    async () => ({ index: sample.index, prediction: await client.request('predict', { run, index: sample.index }) }),
    walkingPause,
  );
  const prediction = answer.value?.index === sample.index ? answer.value.prediction : null;
  return (
    <div
      className={classes.prediction}
      aria-busy={answer.pending}
      data-prediction={prediction ? sample.index : undefined}
    >
      <div className={classes.shown}>
        <SampleView sample={sample} size={136} label={words.sampleNumber(sample.index)} />
        <p className={classes.caption}>
          {prediction ? words.weights(prediction.checkpoint) : words.sampleNumber(sample.index)}
        </p>
      </div>
      <div className={classes.heads} role="status">
        {answer.problem !== null && <p className={classes.problem}>{answer.problem}</p>}
        {!prediction && answer.problem === null && <p className={classes.caption}>{words.asking}</p>}
        {prediction?.heads.map((head) => (
          <Head key={head.head} head={head} several={prediction.heads.length > 1} />
        ))}
      </div>
    </div>
  );
}

function Head({ head, several }: { head: Prediction['heads'][number]; several: boolean }): ReactNode {
  const words = useStrings(compareStrings);
  const read = readPrediction(head);
  if (read.kind === 'values') {
    return (
      <dl className={classes.values}>
        {several && <dt className={classes.headName}>{head.head}</dt>}
        <dt>{words.prediction}</dt>
        <dd>{read.values.map(formatNumber).join(', ')}</dd>
        {read.target && <dt>{words.target}</dt>}
        {read.target && <dd>{read.target.map(formatNumber).join(', ')}</dd>}
      </dl>
    );
  }
  const truth =
    read.truth === null ? null : (read.bars.find(({ index }) => index === read.truth)?.name ?? String(read.truth));
  return (
    <div>
      {several && <p className={classes.headName}>{head.head}</p>}
      {truth !== null && (
        <p className={classes.verdict} data-right={read.right || undefined}>
          {read.right ? <Check size={14} aria-hidden /> : <X size={14} aria-hidden />}
          {read.right ? words.right : words.wrong(truth)}
        </p>
      )}
      <ol className={classes.bars}>
        {read.bars.map(({ index, name, probability }) => (
          <li key={index} data-true={index === read.truth || undefined} data-class={index}>
            <span className={classes.barName} title={name}>
              {name}
            </span>
            <span className={classes.bar} aria-hidden>
              <span style={{ width: `${Math.max(0.5, probability * 100)}%` }} />
            </span>
            <span className={classes.barValue}>{formatPercent(probability)}</span>
            <span className={classes.truth}>{index === read.truth ? words.trueClass : ''}</span>
          </li>
        ))}
      </ol>
      {read.hidden > 0 && <p className={classes.caption}>{words.moreClasses(read.hidden)}</p>}
    </div>
  );
}
