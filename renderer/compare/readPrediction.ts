/** What a head put out, as it can be read: probabilities of classes, most likely first where there are many; or numbers. */
import type { Prediction } from '../../shared/ipc/studio/runSchemas';

export interface ClassBar {
  index: number;
  name: string;
  probability: number;
}

export type ReadPrediction =
  | { kind: 'classes'; bars: readonly ClassBar[]; truth: number | null; right: boolean; hidden: number }
  | { kind: 'values'; values: readonly number[]; target: readonly number[] | null };

/** Up to so many classes stand in their own order; of more, the likeliest. */
const mostBars = 12;

export function readPrediction({ values, classes, target }: Prediction['heads'][number]): ReadPrediction {
  if (classes === null) return { kind: 'values', values: [...values].slice(0, mostBars), target };
  const probabilities = probabilitiesOf(values, classes.length);
  if (!probabilities) return { kind: 'values', values: [...values].slice(0, mostBars), target };
  const truth = target?.length === 1 ? (target[0] ?? null) : null;
  const all = probabilities.map((probability, index) => ({
    index,
    name: classes[index] ?? String(index),
    probability,
  }));
  const likeliest = [...all].sort((a, b) => b.probability - a.probability);
  const first = likeliest.slice(0, mostBars);
  const kept = all.filter((bar) => first.includes(bar) || bar.index === truth);
  const bars = all.length <= mostBars ? all : kept.sort((a, b) => b.probability - a.probability);
  return { kind: 'classes', bars, truth, right: likeliest[0]?.index === truth, hidden: all.length - bars.length };
}

/** A single output is the probability of the second of two classes. */
function probabilitiesOf(values: Float32Array, classes: number): number[] | null {
  if (values.length === classes) return [...values];
  const [yes] = values;
  return values.length === 1 && classes === 2 && yes !== undefined ? [1 - yes, yes] : null;
}
