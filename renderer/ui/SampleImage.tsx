/** One sample of a data set, drawn pixel by pixel: small images stay crisp, large ones are scaled down smoothly. */
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './SampleImage.module.css';
import { samplePixels } from './samplePixels';

interface SampleImageProps {
  values: Float32Array;
  shape: readonly number[];
  /** The longer side, in CSS pixels. */
  size: number;
  /** What it shows, for screen readers. */
  label: string;
  /** Black and white; without it the sample's own least and greatest value. */
  range?: readonly [number, number];
}

export function SampleImage({ values, shape, size, label, range }: SampleImageProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = shape.join('x');
  const low = range?.[0];
  const high = range?.[1];
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const sides = key === '' ? [] : key.split('x').map(Number);
    const fixed = low === undefined || high === undefined ? undefined : ([low, high] as const);
    const pixels = samplePixels(values, sides, fixed);
    const scale = size / Math.max(pixels.width, pixels.height);
    canvas.current.width = pixels.width;
    canvas.current.height = pixels.height;
    canvas.current.style.width = `${pixels.width * scale}px`;
    canvas.current.style.height = `${Math.max(8, pixels.height * scale)}px`;
    canvas.current.style.imageRendering = scale >= 1 ? 'pixelated' : 'auto';
    context.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  }, [values, key, size, low, high]);
  return <canvas ref={canvas} className={classes.image} role="img" aria-label={label} />;
}
