/** Puts together what the passes found, once nothing is wrong any more. */
import type { Library } from '../ir/library';
import type { CheckedProgram, FunctionInstance } from '../ir/program';
import type { Design } from '../design/schema';
import type { CheckedSizes } from './checkSizes';
import type { CheckedTraining } from './checkTraining';
import { countCost } from './countCost';
import type { Memo } from './memo';

export type Assembled = Pick<
  CheckedProgram,
  'library' | 'name' | 'main' | 'feeds' | 'heads' | 'training' | 'totals' | 'memory'
>;

/** Null where something that a program needs is missing; then a diagnostic has said so. */
export function assembleProgram(
  design: Design,
  library: Library,
  main: FunctionInstance | null,
  { feeds, heads, plan }: CheckedTraining,
  { memory }: CheckedSizes,
  memo: Memo,
): Assembled | null {
  if (!main || !plan || memory === null || heads.length === 0) return null;
  const kept = new Set(main.nodes.map((node) => node.id));
  return {
    library,
    name: design.name,
    main,
    feeds: feeds.filter(({ path }) => kept.has(path)),
    heads,
    training: plan,
    totals: countCost(main, memo),
    memory,
  };
}
