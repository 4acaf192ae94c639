/** What every weight group measured over a run, in a bounded number of rows: for the lines and the heat map. */

export type LayerMeasure = 'norm' | 'rms' | 'ratio';

export interface LayerHistory {
  rows: () => number;
  /** `x` never goes back; one value a group. */
  append: (x: number, norms: ArrayLike<number>, ratios: ArrayLike<number>) => void;
  cut: (x: number) => void;
  xAt: (row: number) => number;
  /** The last row that is not after `x`; -1: none. */
  rowAt: (x: number) => number;
  /** NaN: not measured there. */
  value: (measure: LayerMeasure, row: number, group: number) => number;
}

const mostRows = 2048;

/** `elements` of each group: the root mean square is the norm over the root of them. */
export function createLayerHistory(elements: readonly number[], most = mostRows): LayerHistory {
  const groups = elements.length;
  const roots = elements.map((count) => Math.sqrt(Math.max(1, count)));
  let places = new Float64Array(64);
  let norms = new Float32Array(64 * groups);
  let ratios = new Float32Array(64 * groups);
  let rows = 0;

  const grow = (): void => {
    const wider = <Values extends Float32Array | Float64Array>(values: Values, fresh: Values): Values => {
      fresh.set(values);
      return fresh;
    };
    places = wider(places, new Float64Array(rows * 2));
    norms = wider(norms, new Float32Array(rows * 2 * groups));
    ratios = wider(ratios, new Float32Array(rows * 2 * groups));
  };

  /** Neighbours become their mean; what was measured at one of them only is that. */
  const halve = (): void => {
    const pairs = Math.floor(rows / 2);
    for (let row = 0; row < pairs; row += 1) {
      places[row] = places[row * 2] as number;
      for (const values of [norms, ratios]) {
        for (let group = 0; group < groups; group += 1) {
          const a = values[row * 2 * groups + group] as number;
          const b = values[(row * 2 + 1) * groups + group] as number;
          values[row * groups + group] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2;
        }
      }
    }
    rows = pairs;
  };

  const rowAt = (x: number): number => {
    let low = 0;
    let high = rows;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] as number) <= x) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  return {
    rows: () => rows,
    append: (x, newNorms, newRatios) => {
      if (rows >= most) halve();
      if (rows === places.length) grow();
      places[rows] = x;
      for (let group = 0; group < groups; group += 1) {
        norms[rows * groups + group] = newNorms[group] ?? NaN;
        ratios[rows * groups + group] = newRatios[group] ?? NaN;
      }
      rows += 1;
    },
    cut: (x) => {
      while (rows > 0 && (places[rows - 1] as number) >= x) rows -= 1;
    },
    xAt: (row) => places[row] as number,
    rowAt,
    value: (measure, row, group) => {
      const at = row * groups + group;
      if (measure === 'ratio') return ratios[at] as number;
      const norm = norms[at] as number;
      return measure === 'norm' ? norm : norm / (roots[group] as number);
    },
  };
}
