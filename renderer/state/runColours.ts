/** One colour a run, everywhere and for ever: assigned once, in the palette's fixed order, and kept in the settings. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { RunsStore } from './runsStore';
import type { SettingsStore } from './settingsStore';

/** `--run-1` to this one are in the theme: the Okabe-Ito set, then further hues of equal lightness. */
export const runPaletteSize = 12;

/** Runs remembered; of more than these, those that are in no list any more are forgotten. */
const mostRemembered = 2000;

/** By the id of the run: its place in the palette, counted from 0. */
export type RunColours = Readonly<Record<string, number>>;

/**
 * Every id gets a place; who has one keeps it. A new run gets the place that the fewest listed runs have, the first of
 * them: so no two of the first twelve look alike. `known` itself comes back where nothing is new.
 */
export function assignRunColours(known: RunColours, oldestFirst: readonly string[]): RunColours {
  const listed = new Set(oldestFirst);
  const kept = Object.entries(known);
  const remembers = new Set(Object.keys(known));
  const fresh = [...listed].filter((id) => !remembers.has(id));
  if (fresh.length === 0) return known;
  const remembered = kept.length + fresh.length > mostRemembered ? kept.filter(([id]) => listed.has(id)) : kept;
  const uses = new Array<number>(runPaletteSize).fill(0);
  const use = (place: number): void => {
    uses[place % runPaletteSize] = (uses[place % runPaletteSize] ?? 0) + 1;
  };
  for (const [id, place] of remembered) if (listed.has(id)) use(place);
  const colours = new Map(remembered);
  for (const id of fresh) {
    const place = uses.indexOf(Math.min(...uses));
    colours.set(id, place);
    use(place);
  }
  return Object.fromEntries(colours);
}

/** A value for CSS; grey where the run is not known yet. */
export function runColour(colours: RunColours, run: string): string {
  const place = Object.prototype.hasOwnProperty.call(colours, run) ? colours[run] : undefined;
  return place === undefined ? 'var(--text-faint)' : `var(--run-${(place % runPaletteSize) + 1})`;
}

/** Gives every run that is listed its colour, from now on. */
export function keepRunColours(runs: RunsStore, settings: SettingsStore): void {
  const assign = (listed: readonly RunListing[] | null): void => {
    if (!listed) return;
    const { change, settings: now } = settings.getState();
    const oldestFirst = [...listed].reverse().map(({ id }) => id);
    const colours = assignRunColours(now.runColours, oldestFirst);
    if (colours !== now.runColours) change({ runColours: { ...colours } });
  };
  runs.subscribe(({ runs: listed }, before) => {
    if (listed !== before.runs) assign(listed);
  });
}
