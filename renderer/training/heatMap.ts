/** Layers over steps as the heat map draws them, with a scale that early spikes cannot flatten. */
import type { LayerMeasure } from '../state/layerHistory';
import type { RunCurves } from '../state/runCurves';
import type { HeatContent } from '../ui/plot/heatPixels';
import type { AxisScale } from './axisScale';

export interface HeatOptions {
  measure: LayerMeasure;
  scale: AxisScale;
  complete: boolean;
}

/** Of the newest rows the scale is made: what was long ago may leave it. */
const recentRows = 512;
const spared = 0.02;
/** So many values tell the percentiles well enough. */
const enoughValues = 16_384;

export function heatContent({ groups, layers, end }: RunCurves, options: HeatOptions, columns: number): HeatContent {
  const { measure, scale, complete } = options;
  const rows = layers.rows();
  const width = Math.max(1, Math.ceil(rows / Math.max(1, columns)));
  const count = Math.ceil(rows / width);
  const starts = new Float64Array(count);
  const values = new Float32Array(groups.length * count);
  for (let stretch = 0; stretch < count; stretch += 1) {
    const from = stretch * width;
    starts[stretch] = scale.place(layers.xAt(from));
    for (let group = 0; group < groups.length; group += 1) {
      let greatest = NaN;
      for (let row = from; row < Math.min(rows, from + width); row += 1) {
        const value = layers.value(measure, row, group);
        if (!(value <= greatest) && !Number.isNaN(value)) greatest = value;
      }
      values[group * count + stretch] = greatest;
    }
  }
  const recent: number[] = [];
  const every = Math.max(1, Math.ceil((Math.min(rows, recentRows) * groups.length) / enoughValues));
  for (let row = rows - 1; row >= Math.max(0, rows - recentRows); row -= every) {
    for (let group = 0; group < groups.length; group += 1) {
      const value = layers.value(measure, row, group);
      if (value > 0 && Number.isFinite(value)) recent.push(value);
    }
  }
  const named = groups.map(({ path, name }) => ({ id: path, name }));
  return { rows: named, starts, end: scale.place(end), values, range: robustRange(recent), complete };
}

/** Between the percentiles, and never less than a decade, so that noise does not look like a difference. */
export function robustRange(values: number[]): readonly [number, number] {
  if (values.length === 0) return [1e-4, 1];
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor(spared * (sorted.length - 1))] as number;
  const high = sorted[Math.ceil((1 - spared) * (sorted.length - 1))] as number;
  if (high / low >= 10) return [low, high];
  const middle = Math.sqrt(low * high);
  return [middle / Math.sqrt(10), middle * Math.sqrt(10)];
}
