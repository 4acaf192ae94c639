/** The gradient that a node shows: its weight group's, or of the groups inside a block the one that stands out most. */
import type { GradientReading } from '../state/gradientStore';

export function gradientOf(
  norms: ReadonlyMap<string, GradientReading>,
  path: string,
): { path: string; reading: GradientReading } | null {
  const own = norms.get(path);
  if (own) return { path, reading: own };
  let found: { path: string; reading: GradientReading } | null = null;
  for (const [inner, reading] of norms) {
    if (!inner.startsWith(`${path}/`)) continue;
    if (!found || distance(reading) > distance(found.reading)) found = { path: inner, reading };
  }
  return found;
}

/** Decades away from the layer nearest the loss; what is broken is furthest. */
function distance({ rms, ratioToOutputSide }: GradientReading): number {
  if (!Number.isFinite(rms) || rms === 0 || !(ratioToOutputSide > 0)) return Infinity;
  return Math.abs(Math.log10(ratioToOutputSide));
}
