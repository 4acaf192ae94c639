/** Which fields of samples can be looked at, and how. */
import type { Sample } from '../../shared/ipc/studio/runSchemas';

type Field = Sample['fields'][number];

/** The first field of each sample that is a picture. */
export function imagesOf(
  samples: readonly Sample[],
  isImage: (shape: readonly number[]) => boolean,
): { sample: Sample; field: Field }[] {
  return samples.flatMap((sample) => {
    const field = sample.fields.find(({ shape }) => isImage(shape));
    return field ? [{ sample, field }] : [];
  });
}

/** The name of the sample's class, or its number; null where no field holds classes. */
export function classOf({ fields }: Sample): string | null {
  const field = fields.find(({ classes, shape }) => classes !== null && shape.length === 0);
  const at = field?.values[0];
  return field && at !== undefined ? (field.classes?.[at] ?? String(at)) : null;
}

/** Samples of two numbers and a class as points between -1 and 1; null for other data. */
export function pointsOf(samples: readonly Sample[]): { x: number; y: number; group: number }[] | null {
  const points = samples.flatMap(({ fields }) => {
    const place = fields.find(({ shape }) => shape.length === 1 && shape[0] === 2);
    const target = fields.find(({ classes, shape }) => classes !== null && shape.length === 0);
    if (!place || !target) return [];
    return [{ x: place.values[0] ?? NaN, y: place.values[1] ?? NaN, group: target.values[0] ?? 0 }];
  });
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (points.length !== samples.length || finite.length === 0) return null;
  const [left, right] = [Math.min(...finite.map(({ x }) => x)), Math.max(...finite.map(({ x }) => x))];
  const [low, high] = [Math.min(...finite.map(({ y }) => y)), Math.max(...finite.map(({ y }) => y))];
  const half = Math.max(right - left, high - low) / 2 || 1;
  return finite.map(({ x, y, group }) => ({
    x: (x - (left + right) / 2) / half,
    y: (y - (low + high) / 2) / half,
    group,
  }));
}
