/** The path under which a node's gradient is told: that of the node whose weights it uses. */
import { useStudioState } from '../state/StudioContext';

export function useWeightGroup(id: string): string {
  return useStudioState('derived', ({ layers }) => layers.get(id)?.weightsOf ?? id);
}
