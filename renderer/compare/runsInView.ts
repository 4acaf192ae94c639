/** Which runs the panels beside the list show, from what is ticked, selected and pinned. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';

export interface Choice {
  /** Ids, in the order in which they were ticked. */
  compared: readonly string[];
  shown: string | null;
  baseline: string | null;
}

export interface RunsInView {
  /** Those whose curves are drawn: the ticked ones; without any, the selected one. */
  overlaid: readonly RunListing[];
  /** Those set side by side: the baseline first, the ticked ones, and the selected one where that makes a pair. */
  compared: readonly RunListing[];
  /** What the others are measured against: the pinned one, else the first. */
  baseline: string | null;
}

export function runsInView(runs: readonly RunListing[], { compared, shown, baseline }: Choice): RunsInView {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const known = (ids: readonly (string | null)[]): RunListing[] =>
    [...new Set(ids)].flatMap((id) => (id === null ? [] : (byId.get(id) ?? [])));
  const ticked = known(compared);
  const overlaid = ticked.length > 0 ? ticked : known([shown]);
  const pinned = baseline !== null && byId.has(baseline) ? baseline : null;
  const sideBySide = known([pinned, ...compared, ...(ticked.length < 2 ? [shown] : [])]);
  return { overlaid, compared: sideBySide, baseline: pinned ?? sideBySide[0]?.id ?? null };
}
