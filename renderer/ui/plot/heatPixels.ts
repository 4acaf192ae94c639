/** The picture of a heat map: one pixel a row and column, on a logarithmic scale. */
import { cividis } from './cividis';
import type { Range } from './plotTypes';

export interface HeatContent {
  /** From top to bottom. */
  rows: readonly { id: string; name: string }[];
  /** Where each stretch begins; the last ends at `end`. */
  starts: Float64Array;
  end: number;
  /** Row-major [rows, stretches]. NaN: not measured; zero and infinities have colours of their own. */
  values: Float32Array;
  /** What the darkest and the lightest colour mean. */
  range: Range;
  complete: boolean;
}

/** Exactly zero: nothing is learned; darker than the scale's darkest. */
const zeroColour = [0, 0, 0] as const;
/** Not finite. */
const brokenColour = [213, 46, 32] as const;

/** RGBA of `width` columns over the span `x`; what was not measured is transparent. */
export function heatPixels(content: HeatContent, x: Range, width: number): Uint8ClampedArray<ArrayBuffer> {
  const { rows, starts, end, values, range } = content;
  const pixels = new Uint8ClampedArray(width * rows.length * 4);
  const low = Math.log(range[0]);
  const scale = range[1] > range[0] ? 255 / (Math.log(range[1]) - low) : 0;
  let stretch = -1;
  for (let column = 0; column < width; column += 1) {
    const place = x[0] + ((column + 0.5) / width) * (x[1] - x[0]);
    while (stretch + 1 < starts.length && (starts[stretch + 1] as number) <= place) stretch += 1;
    if (stretch < 0 || place > end) continue;
    for (let row = 0; row < rows.length; row += 1) {
      const value = values[row * starts.length + stretch] as number;
      if (Number.isNaN(value)) continue;
      const at = (row * width + column) * 4;
      pixels.set(colourOf(value, low, scale), at);
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

function colourOf(value: number, low: number, scale: number): ArrayLike<number> {
  if (!Number.isFinite(value)) return brokenColour;
  if (value <= 0) return zeroColour;
  const shade = Math.round(Math.min(255, Math.max(0, (Math.log(value) - low) * scale)));
  return cividis.subarray(shade * 3, shade * 3 + 3);
}

/** The value of a row at a place; null where nothing was measured. */
export function heatValueAt({ starts, end, values }: HeatContent, row: number, place: number): number | null {
  if (place > end) return null;
  let stretch = -1;
  while (stretch + 1 < starts.length && (starts[stretch + 1] as number) <= place) stretch += 1;
  const value = stretch < 0 ? NaN : (values[row * starts.length + stretch] as number);
  return Number.isNaN(value) ? null : value;
}
