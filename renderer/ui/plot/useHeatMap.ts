/** Keeps a heat map painted on a canvas: for new data, another size or theme, at most ten times a second. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { spanOfX } from './axes';
import { followSize, type Size } from './followSize';
import { heatPixels, type HeatContent } from './heatPixels';
import type { Range } from './plotTypes';
import { createRedraws, type Redraws } from './redraws';

export interface DrawnHeat {
  content: HeatContent;
  x: Range;
  width: number;
  height: number;
}

export function useHeatMap(
  element: RefObject<HTMLCanvasElement | null>,
  content: (columns: number) => HeatContent,
): DrawnHeat | null {
  const [drawn, setDrawn] = useState<DrawnHeat | null>(null);
  const newest = useRef(content);
  const redraws = useRef<Redraws | null>(null);

  useEffect(() => {
    const canvas = element.current;
    if (!canvas) return undefined;
    const draw = (): Promise<void> => {
      const { width, height } = size.current();
      if (width < 8 || height < 8) return Promise.resolve();
      const found = newest.current(width);
      const x = spanOfX([found.starts[0] ?? 0, found.end], found.complete);
      paint(canvas, found, x, size.current());
      setDrawn({ content: found, x, width, height });
      return Promise.resolve();
    };
    const asked = createRedraws(draw);
    redraws.current = asked;
    const size = followSize(canvas, () => asked.now());
    return () => {
      asked.end();
      size.end();
    };
  }, [element]);

  useLayoutEffect(() => {
    newest.current = content;
  });
  useEffect(() => redraws.current?.ask(), [content]);
  return drawn;
}

function paint(canvas: HTMLCanvasElement, content: HeatContent, x: Range, { width, height }: Size): void {
  const density = window.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d');
  const rows = content.rows.length;
  if (!context || rows === 0) return;
  const image = document.createElement('canvas');
  image.width = width;
  image.height = rows;
  image.getContext('2d')?.putImageData(new ImageData(heatPixels(content, x, width), width, rows), 0, 0);
  context.imageSmoothingEnabled = rows > canvas.height;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
}
