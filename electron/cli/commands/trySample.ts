/** `netloom try RUN SAMPLE`: what a trained network says about one sample. */
import type { HeadPrediction } from '../../../shared/ipc/trainer';
import { ServiceProblem } from '../../services/serviceProblem';
import { predictSample } from '../../services/training/predictSample';
import type { Context } from '../context';
import { bar } from '../display/graphics';
import { formatNumber, formatPercent } from '../display/numbers';
import { pad } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export async function trySample(
  run: string,
  sample: string,
  flags: { json?: boolean },
  context: Context,
): Promise<ExitCode> {
  const { home, spawn, terminal, places } = context;
  const wanted = /^\d+$/.test(sample) ? { index: Number(sample) } : { file: sample };
  if (wanted.index !== undefined && !Number.isSafeInteger(wanted.index)) {
    throw new ServiceProblem('sample-unknown', `There is no sample ${sample} in the test part.`);
  }
  const prediction = await predictSample({ home, spawn, run, sample: wanted, mirror: places.mirror });
  if (flags.json) {
    printJson(prediction, context);
    return exitCode.done;
  }
  terminal.write(`${prediction.run}, weights of the ${prediction.checkpoint} epoch\n`);
  for (const head of prediction.heads) terminal.write(`${headLines(head, context).join('\n')}\n`);
  return exitCode.done;
}

/** Class probabilities as bars, the most probable first; other outputs as numbers. */
function headLines({ head, values, classes, target }: HeadPrediction, { terminal, style }: Context): string[] {
  if (!classes || classes.length !== values.length) {
    const numbers = [...values.slice(0, 16)].map((value) => formatNumber(value)).join(' ');
    const rest = values.length > 16 ? ` … ${values.length - 16} more` : '';
    const truth = target ? `  (the data says ${target.map((value) => formatNumber(value)).join(' ')})` : '';
    return [`${head}: ${numbers}${rest}${truth}`];
  }
  const ranked = [...values]
    .map((share, index) => ({ share, name: classes[index] ?? String(index) }))
    .sort((a, b) => b.share - a.share);
  const best = ranked[0];
  const truth = target?.[0] === undefined ? null : (classes[target[0]] ?? String(target[0]));
  const verdict =
    truth === null
      ? ''
      : truth === best?.name
        ? style.green('  ✓ as the data says')
        : style.red(`  ✗ the data says ${truth}`);
  const labels = Math.min(20, Math.max(...ranked.map(({ name }) => name.length)));
  const width = Math.max(8, Math.min(40, terminal.columns() - labels - 12));
  return [
    `${style.bold(`${head}: ${best?.name ?? ''}`)}${verdict}`,
    ...ranked.slice(0, 10).map(({ share, name }) => {
      return `  ${pad(name, labels)} ${style.blue(pad(bar(share, width), width))} ${pad(formatPercent(share), 7, 'right')}`;
    }),
  ];
}
