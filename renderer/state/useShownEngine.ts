/** The engine that the window speaks of: of the run that trains, else the one that the next run will have. */
import { useStudioState } from './StudioContext';

export function useShownEngine(): string {
  const chosen = useStudioState('settings', ({ settings }) => settings.engine);
  const own = useStudioState('training', ({ phase, engine }) => (phase === 'idle' ? null : engine));
  return own ?? chosen;
}
