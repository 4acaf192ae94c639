/** Reads and writes the training and data configuration by path: "optimizer.learningRate", "source". */
import type { Json } from '../messages/define';

type Settings = Readonly<Record<string, unknown>>;

/** Entries that are written as a bare name and grow into {"type": name} when one of their parameters is set. */
const entryDefaults: Readonly<Record<string, string>> = { optimizer: 'adam', schedule: 'constant' };

/** A copy with the value in its place; undefined takes the entry away. */
export function withSetting(settings: Settings, path: readonly string[], value: Json | undefined): Settings {
  const [key, ...rest] = path;
  if (key === undefined || key === '__proto__') return settings;
  if (rest.length === 0) {
    const kept = Object.entries(settings).filter(([name]) => name !== key || value !== undefined);
    const placed = kept.map(([name, old]): [string, unknown] => [name, name === key ? value : old]);
    return Object.fromEntries(value === undefined || key in settings ? placed : [...placed, [key, value]]);
  }
  const before = Object.prototype.hasOwnProperty.call(settings, key) ? settings[key] : undefined;
  return withSetting(settings, [key], withSetting(entryOf(key, before), rest, value) as Json);
}

function entryOf(key: string, value: unknown): Settings {
  if (typeof value === 'string') return { type: value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Settings;
  const type = entryDefaults[key];
  return type === undefined ? {} : { type };
}
