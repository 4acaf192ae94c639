/** Reads what plots show: how long the lines are, their colours, and the brightness of each row of the heat map. */
import type { Locator, Page } from 'playwright-core';

export const plot = (page: Page, name: string): Locator => page.locator(`[data-plot="${name}"]`);

/** The length of all lines together: it grows with the data. */
export function drawnLength(page: Page, name: string): Promise<number> {
  return plot(page, name).evaluate((figure) => {
    const lines = [...figure.querySelectorAll<SVGPathElement>('.scatterlayer path.js-line')];
    return lines.reduce((sum, line) => sum + line.getTotalLength(), 0);
  });
}

/** Colours of the lines, as the browser computes them; each once. */
export function lineColours(page: Page, name: string): Promise<string[]> {
  return plot(page, name).evaluate((figure) => {
    const lines = [...figure.querySelectorAll<SVGPathElement>('.scatterlayer path.js-line')];
    return [...new Set(lines.map((line) => getComputedStyle(line).stroke))];
  });
}

interface HeatPixels {
  /** Mean luminance of each row, 0 to 255, over all that is drawn; empty before anything is. */
  rows: number[];
  /** Another number, another picture. */
  sum: number;
}

export function heatPixels(page: Page, rows: number): Promise<HeatPixels> {
  return plot(page, 'heatmap')
    .locator('canvas')
    .evaluate((element, count) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      if (width === 0 || height === 0) return { rows: [], sum: 0 };
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      const light = Array.from({ length: count }, () => ({ total: 0, pixels: 0 }));
      let sum = 0;
      for (let y = 0; y < height; y++) {
        const row = light[Math.min(count - 1, Math.floor(((y + 0.5) / height) * count))]!;
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * 4;
          const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
          if (alpha < 255) continue;
          row.total += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          row.pixels += 1;
          sum = (sum * 31 + red * 65536 + green * 256 + blue) % 2147483647;
        }
      }
      const drawn = light.every(({ pixels }) => pixels > 0);
      return { rows: drawn ? light.map(({ total, pixels }) => total / pixels) : [], sum };
    }, rows);
}
