/** A problem with its place in a function: what every pass reports before `locate` turns places into node paths. */
import type { Problem } from '../messages';

export interface Finding {
  /** "main" or a block's id. */
  function: string;
  /** Null for what concerns the function as a whole. */
  node: string | null;
  problem: Problem;
  /** The node's path, where the pass knows it: `stage2/3/conv1`. */
  path?: string;
}
