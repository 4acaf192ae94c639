/** What a run achieved: which measure people ask for first, and which way is better. */
import type { Measures } from '../../shared/training/events';
import { metricRegistry } from '../../shared/metrics/registry';

/** The end of a run's id, which tells runs of one design apart: "cb1t". */
export function runCode(id: string): string {
  return id.slice(id.lastIndexOf('-') + 1).slice(-8);
}

/** Accuracy where there is one, else the first metric, else the loss. */
export function mainMeasure(measures: Measures | null): string {
  const names = Object.keys(measures ?? {}).filter((name) => !isLoss(name));
  return names.find((name) => /(^|\/)accuracy$/.test(name)) ?? names[0] ?? 'loss';
}

/** By its definition: a measure is named after its output and the metric's type, counted where there are several. */
export function isHigherBetter(name: string): boolean {
  if (isLoss(name)) return false;
  const type = name.slice(name.lastIndexOf('/') + 1);
  const definition = metricRegistry.get(type) ?? metricRegistry.get(type.replace(/\d+$/, ''));
  return definition?.direction === 'up';
}

function isLoss(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1) === 'loss';
}
