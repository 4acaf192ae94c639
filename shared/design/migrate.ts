/** Brings a design of an older format version forward, one version at a time; old versions always open. */
import { newestVersion } from './schema';

type Raw = Record<string, unknown>;

/** By version: the step to the next one. Version 1 is the first, so there is none yet. */
const migrations: ReadonlyMap<number, (design: Raw) => Raw> = new Map();

/** The design in the newest version, or null where its version is not one that this Netloom reads. */
export function migrate(
  design: Raw,
  steps: ReadonlyMap<number, (design: Raw) => Raw> = migrations,
  newest: number = newestVersion,
): Raw | null {
  let current = design;
  for (;;) {
    const version = current['netloom'];
    if (typeof version !== 'number' || !Number.isInteger(version) || version < 1 || version > newest) return null;
    if (version === newest) return current;
    const step = steps.get(version);
    if (!step) return null;
    current = { ...step(current), netloom: version + 1 };
  }
}
