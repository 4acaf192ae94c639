/** The run that the panel shows: the one that trains, or trained last, or a past one that was picked in the list. */
import { useEffect, useMemo } from 'react';
import type { RunDetails } from '../../shared/ipc/studio/runSchemas';
import { useStudio, useStudioState } from '../state/StudioContext';
import { curvesOf, type RunCurves } from '../state/runCurves';

export interface ShownRun {
  run: string;
  curves: RunCurves | null;
  /** Another number whenever the curves have grown. */
  version: number;
  /** Nothing is added any more. */
  complete: boolean;
  /** Of a past run; null for the one of this window, whose facts are in the training store. */
  past: RunDetails | null;
  problem: string | null;
}

/** Null: there is no run to show. */
export function useShownRun(): ShownRun | null {
  const { runDetails } = useStudio();
  const picked = useStudioState('view', ({ shownRun }) => shownRun);
  const live = useStudioState('training', ({ run }) => run);
  const liveCurves = useStudioState('training', ({ curves }) => curves);
  const version = useStudioState('training', (state) => state.version);
  const complete = useStudioState('training', ({ phase }) => phase === 'idle');
  // A run of this window whose curves are elsewhere is read from its record like any past one.
  const isLive = picked === null || (picked === live && liveCurves?.run === live);
  const wanted = isLive ? null : picked;
  useEffect(() => {
    if (wanted !== null) runDetails.getState().want([wanted]);
  }, [runDetails, wanted]);
  const entry = useStudioState('runDetails', ({ entries }) => (wanted === null ? null : (entries.get(wanted) ?? null)));
  const details = entry?.details ?? null;
  const pastCurves = useMemo(() => (details ? curvesOf(details) : null), [details]);
  if (wanted !== null) {
    return {
      ...{ run: wanted, curves: pastCurves, version: 0, past: details },
      ...{ complete: details?.listing.state !== 'running', problem: entry?.problem ?? null },
    };
  }
  if (live === null) return null;
  const curves = liveCurves?.run === live ? liveCurves : null;
  return { run: live, curves, version, complete, past: null, problem: null };
}
