/** The version of Netloom, from the package that this runs in: a run records with what it was made. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Walks up from the bundle (or, in tests, from this file) to Netloom's own package.json. */
export function netloomVersion(from: string = __dirname): string {
  try {
    const found = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { name?: string; version?: string };
    if (found.name === 'netloom' && found.version) return found.version;
  } catch {
    // Not the package's folder: go on above it.
  }
  const above = dirname(from);
  return above === from ? 'unknown' : netloomVersion(above);
}
