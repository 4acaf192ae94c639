/** Gradient norms and update ratios of a run, as segments that are exact or bucketed; a series per weight group on demand. */
import type { Extent, LayerBlock, LayerBucket } from './logRecord';

/** A stretch of consecutive steps. In a bucket that a resumed run has cut, the bounds are those of the whole bucket. */
export type LayerSegment = { readonly groupNames: readonly string[] } & (
  ({ readonly exact: true } & LayerBlock) | ({ readonly exact: false } & LayerBucket)
);

/** One entry per step, or per bucket of `steps[i]` steps that begins at `firstSteps[i]`. */
export interface LayerSeries {
  readonly firstSteps: Float64Array;
  readonly steps: Uint32Array;
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly mean: Float32Array;
}

export interface LayerHistory {
  readonly groupNames: readonly string[];
  readonly segments: readonly LayerSegment[];
  readonly steps: number;
  /** The whole history of a weight group; undefined where the log does not know it. */
  series(group: string, column: 'gradientNorms' | 'updateRatios'): LayerSeries | undefined;
}

export type AddedSegment = ({ exact: true } & LayerBlock) | ({ exact: false } & LayerBucket);

export interface GrowingLayerHistory extends LayerHistory {
  declare(groupNames: readonly string[]): void;
  add(segment: AddedSegment): void;
  cut(steps: number): void;
}

export function createLayerHistory(): GrowingLayerHistory {
  const segments: LayerSegment[] = [];
  let groupNames: readonly string[] = [];

  const endOf = (segment: LayerSegment | undefined): number => (segment ? segment.firstStep + segment.steps : 0);
  const end = (): number => endOf(segments[segments.length - 1]);

  function cut(to: number): void {
    for (let last = segments[segments.length - 1]; last && endOf(last) > to; last = segments[segments.length - 1]) {
      segments.pop();
      if (last.firstStep < to) segments.push(shorten(last, to - last.firstStep));
    }
  }

  return {
    get groupNames() {
      return groupNames;
    },
    segments,
    get steps() {
      return end();
    },
    declare(names) {
      groupNames = names;
    },
    add(segment) {
      if (segment.firstStep < end()) cut(segment.firstStep);
      segments.push({ groupNames, ...segment });
    },
    cut,
    series: (group, column) => seriesOf(segments, group, column),
  };
}

function shorten(segment: LayerSegment, steps: number): LayerSegment {
  if (!segment.exact) return { ...segment, steps };
  const values = steps * segment.groupNames.length;
  return {
    ...segment,
    steps,
    gradientNorms: segment.gradientNorms.subarray(0, values),
    updateRatios: segment.updateRatios.subarray(0, values),
  };
}

function seriesOf(
  segments: readonly LayerSegment[],
  group: string,
  column: 'gradientNorms' | 'updateRatios',
): LayerSeries | undefined {
  const known = segments.filter((segment) => segment.groupNames.includes(group));
  if (known.length === 0) return undefined;
  const length = known.reduce((sum, segment) => sum + (segment.exact ? segment.steps : 1), 0);
  const extent: Extent = {
    minimum: new Float32Array(length),
    maximum: new Float32Array(length),
    mean: new Float32Array(length),
  };
  const series: LayerSeries = { firstSteps: new Float64Array(length), steps: new Uint32Array(length), ...extent };
  let at = 0;
  for (const segment of known) {
    const index = segment.groupNames.indexOf(group);
    const entries = segment.exact ? segment.steps : 1;
    for (let entry = 0; entry < entries; entry += 1, at += 1) {
      series.firstSteps[at] = segment.firstStep + entry;
      series.steps[at] = segment.exact ? 1 : segment.steps;
      for (const bound of ['minimum', 'maximum', 'mean'] as const) {
        const source = segment.exact ? segment[column] : segment[column][bound];
        series[bound][at] = source[entry * segment.groupNames.length + index] as number;
      }
    }
  }
  return series;
}
