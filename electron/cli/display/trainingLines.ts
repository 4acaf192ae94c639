/** The live display as lines of text: a pure function of the run's state and of the terminal's size. */
import { bar, logShare, progressBar, sparkline } from './graphics';
import { formatCount, formatDuration, formatMeasure, formatNumber, formatRate, formatShort } from './numbers';
import type { Style } from './style';
import { cellsOf, fit, joinFitting, pad, type Piece } from './table';
import { secondsLeft, type TrainingState } from './trainingState';

export interface Frame {
  columns: number;
  rows: number;
  style: Style;
}

const mostMeasures = 4;
/** The range of the gradient bars, powers of ten. */
const lowest = -6;
const highest = 2;
/** The update-to-weight ratio is unusual outside of this. */
const usualRatio: readonly [number, number] = [1e-5, 1e-1];

export function trainingLines(state: TrainingState, frame: Frame): string[] {
  const head = [titleLine(state, frame), progressLine(state, frame), '', ...measureLines(state, frame), ''];
  const layers = gradientLines(state, frame, frame.rows - head.length - 1);
  return [...head, ...layers];
}

function titleLine(state: TrainingState, { columns, style }: Frame): string {
  const engine = state.engine ? ` · ${state.engine}` : '';
  const mode = state.state === 'running' ? '' : ` · ${state.state}`;
  return style.bold(fit(`${state.title}${engine}${mode}`, columns));
}

function progressLine(state: TrainingState, { columns, style }: Frame): string {
  if (state.epochs === 0) return fit('preparing the data and the engine …', columns);
  const total = state.epochs * state.stepsPerEpoch;
  const epoch = Math.min(state.epochs, Math.floor(state.step / Math.max(1, state.stepsPerEpoch)) + 1);
  const share = total > 0 ? state.step / total : 0;
  const percent = `${Math.floor(share * 100)} %`;
  const going = state.state === 'running' || state.state === 'paused';
  const facts = going
    ? [percent, `${formatRate(state.stepsPerSecond)} steps/s`, `${formatDuration(secondsLeft(state))} left`].join(' · ')
    : [percent, `${formatCount(state.step)} steps`].join(' · ');
  const start = `epoch ${epoch}/${state.epochs} `;
  const width = Math.max(0, Math.min(40, columns - start.length - facts.length - 2));
  return `${start}${style.blue(progressBar(share, width))}  ${fit(facts, columns - start.length - width - 2)}`;
}

/** One line a measure: its curve, its newest value, the validation's value and curve, and the best epoch. */
function measureLines(state: TrainingState, frame: Frame): string[] {
  const hidden = new Set(['learningRate', 'gradientNorm']);
  // With several outputs the loss of each comes last: there is the loss of all.
  const ofOne = (name: string): number => Number(name.endsWith('/loss'));
  const shown = state.scalarNames.filter((name) => !hidden.has(name)).sort((a, b) => ofOne(a) - ofOne(b));
  const names = shown.slice(0, mostMeasures);
  const longest = Math.max(9, ...names.map(cellsOf));
  const labels = Math.min(longest, frame.columns >= 76 ? 24 : 14);
  const lines = names.map((name) => measureLine(state, name, labels, frame));
  const rate = `learning rate ${formatShort(state.learningRate)}`;
  const norm = `gradient norm ${formatNumber(state.scalars.get('gradientNorm'))}`;
  return [...lines, fit(`${rate} · ${norm}`, frame.columns)];
}

function measureLine(state: TrainingState, name: string, labels: number, { columns, style }: Frame): string {
  const values = state.curves.get(name)?.values ?? [];
  const validation = state.summaries.map((summary) => summary.validation?.[name] ?? NaN);
  const best = state.summaries.find((summary, index) => {
    return summary.best && !state.summaries.slice(index + 1).some((later) => later.best);
  });
  const title = columns >= 76 ? '  validation' : '  val';
  const bestWidth = columns >= 100 ? 22 : 0;
  const taken = labels + 1 + 10 + title.length + 10 + 1 + bestWidth;
  const width = Math.max(4, Math.min(24, Math.floor((columns - taken) / 2)));
  const value = (number: number | undefined): string => pad(formatMeasure(name, number), 10, 'right');
  const pieces: Piece[] = [
    { text: `${pad(fit(name, labels), labels)} ` },
    { text: pad(sparkline(values, width), width), paint: style.blue },
    { text: value(state.scalars.get(name)) },
  ];
  if (validation.some((one) => !Number.isNaN(one))) {
    pieces.push({ text: `${title}${value(validation[validation.length - 1])}` });
    pieces.push({ text: ` ${pad(sparkline(validation, width), width)}`, paint: style.amber });
  }
  if (bestWidth > 0 && best?.validation) {
    pieces.push({ text: `  best${value(best.validation[name])} at ${best.epoch}`, paint: style.faint });
  }
  return joinFitting(pieces, columns);
}

/** Cells of each part of the lines about gradients: the same for the titles and for every layer. */
interface GradientWidths {
  label: number;
  bar: number;
  norm: number;
  /** 0 where there is no room for the update-to-weight ratio. */
  ratio: number;
}

function gradientWidths(state: TrainingState, { columns }: Frame): GradientWidths {
  const longest = Math.max(...state.groups.map((group) => cellsOf(group.name)));
  const label = Math.min(longest, columns >= 80 ? 24 : 14);
  const [norm, ratio] = [10, columns >= 72 ? 15 : 0];
  return { label, norm, ratio, bar: Math.max(4, Math.min(40, columns - label - 1 - norm - ratio)) };
}

/** A bar for the gradient of each layer with weights, in flow order; where they do not fit, the outer ones. */
function gradientLines(state: TrainingState, frame: Frame, rows: number): string[] {
  if (state.groups.length === 0) return [];
  const { style, columns } = frame;
  const widths = gradientWidths(state, frame);
  const line = (index: number): string => gradientLine(state, index, widths, frame);
  const first = widths.label + 1 + widths.bar;
  const titles = joinFitting(
    [
      { text: pad(fit(`gradient by layer, log scale 1e${lowest} to 1e${highest}`, first), first) },
      { text: pad('L2 norm', widths.norm, 'right') },
      { text: pad(widths.ratio > 0 ? 'update/weight' : '', widths.ratio, 'right') },
    ],
    columns,
  );
  const room = Math.max(3, rows - 1);
  const all = state.groups.map((_, index) => index);
  if (all.length <= room) return [style.faint(titles), ...all.map(line)];
  const before = Math.ceil((room - 1) / 2);
  const after = room - 1 - before;
  const between = style.faint(fit(`… ${all.length - before - after} more layers, all in the log …`, columns));
  return [style.faint(titles), ...all.slice(0, before).map(line), between, ...all.slice(all.length - after).map(line)];
}

function gradientLine(state: TrainingState, index: number, widths: GradientWidths, { columns, style }: Frame): string {
  const norm = state.gradientNorms[index];
  const ratio = state.updateRatios[index];
  const share = norm === undefined ? null : logShare(norm, lowest, highest);
  const measured = ratio !== undefined && Number.isFinite(ratio);
  const unusual = measured && (ratio < usualRatio[0] || ratio > usualRatio[1]);
  // Nothing, next to nothing, or not a number: the learning of this layer is in danger.
  const endangered = norm !== undefined && (share === null || share <= 0);
  return joinFitting(
    [
      { text: `${pad(fit(state.groups[index]?.name ?? '', widths.label), widths.label)} ` },
      { text: pad(bar(share ?? 0, widths.bar), widths.bar), paint: style.green },
      { text: pad(formatNumber(norm), widths.norm, 'right'), paint: endangered ? style.red : undefined },
      {
        text: pad(widths.ratio > 0 && measured ? formatNumber(ratio) : '', widths.ratio, 'right'),
        paint: unusual ? style.amber : style.faint,
      },
    ],
    columns,
  );
}
