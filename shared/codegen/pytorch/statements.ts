/** Statements of a script, by their depth, with the nodes that they came from. */
import { code, type Hole } from '../../ir/emit/code';
import { printStatement } from '../printCode';
import { docstring, python } from '../python';
import { indented, linesOf, type SourceLine } from '../sourceFile';

export function statement(depth: number, hole: Hole, origins: readonly string[] = []): SourceLine[] {
  return linesOf(printStatement(python, hole, depth), origins);
}

/** "a, b, c". */
export function commas(holes: readonly Hole[]): Hole {
  return holes.slice(1).reduce<Hole>((all, each) => code`${all}, ${each}`, holes[0] ?? null);
}

export function documentation(words: readonly string[]): SourceLine[] {
  return indented(linesOf(docstring(words)), python.indent);
}
