/** What several constructors have in common: where only numbers differ, a parameter takes their place. */
import type { Call, Fragment, Hole, Name } from '../../ir/emit/code';

export interface Unifying {
  /** The parameter that has these values, one for each of the holes; `wanted`: what it could be called. */
  readonly parameter: (values: readonly number[], wanted: string) => Name;
  /** What the arguments of a class are called, in their order; by the class as it is written. */
  readonly wordsOf: (callee: Fragment | Name) => readonly string[];
  readonly print: (hole: Hole) => string;
}

/** Undefined where more than numbers differ. */
export function unifyHoles(holes: readonly Hole[], unifying: Unifying, wanted = 'size'): Hole | undefined {
  const [first] = holes;
  if (first === undefined) return undefined;
  if (holes.every((hole) => typeof hole === 'number')) {
    return holes.every((hole) => hole === first) ? first : unifying.parameter(holes, wanted);
  }
  if (typeof first !== 'object' || first === null) return holes.every((hole) => hole === first) ? first : undefined;
  const same = holes.filter((hole): hole is typeof first => isKind(hole, first.kind));
  if (same.length !== holes.length) return undefined;
  const all = (parts: readonly (readonly Hole[])[], words: (at: number) => string): Hole[] | undefined =>
    unifyLists(parts, unifying, words);
  switch (first.kind) {
    case 'name':
    case 'text':
      return holes.every((hole) => unifying.print(hole) === unifying.print(first)) ? first : undefined;
    case 'list':
    case 'tuple': {
      const items = all(
        (same as (typeof first)[]).map((each) => each.items),
        () => wanted,
      );
      return items && { ...first, items };
    }
    case 'operation': {
      const operands = all(
        (same as (typeof first)[]).map((each) => each.operands),
        () => wanted,
      );
      return operands && { ...first, operands };
    }
    case 'fragment': {
      const literals = (each: Fragment): string => JSON.stringify(each.literals);
      if ((same as Fragment[]).some((each) => literals(each) !== literals(first))) return undefined;
      const inner = all(
        (same as Fragment[]).map((each) => each.holes),
        () => wanted,
      );
      return inner && { ...first, holes: inner };
    }
    case 'call':
      return unifyCalls(same as Call[], first, unifying);
  }
}

function unifyCalls(calls: readonly Call[], first: Call, unifying: Unifying): Hole | undefined {
  const form = ({ callee, keywords }: Call): string =>
    `${unifying.print(callee)} ${keywords.map(([name]) => name).join()}`;
  if (calls.some((each) => form(each) !== form(first))) return undefined;
  const words = unifying.wordsOf(first.callee);
  const positional = unifyLists(
    calls.map((each) => each.positional),
    unifying,
    (at) => words[at] ?? 'size',
  );
  const values = unifyLists(
    calls.map(({ keywords }) => keywords.map(([, value]) => value)),
    unifying,
    (at) => first.keywords[at]?.[0] ?? 'size',
  );
  if (!positional || !values) return undefined;
  return { ...first, positional, keywords: first.keywords.map(([name], at) => [name, values[at] as Hole] as const) };
}

function unifyLists(
  lists: readonly (readonly Hole[])[],
  unifying: Unifying,
  words: (at: number) => string,
): Hole[] | undefined {
  const length = lists[0]?.length ?? 0;
  if (lists.some((list) => list.length !== length)) return undefined;
  const found: Hole[] = [];
  for (let at = 0; at < length; at += 1) {
    const one = unifyHoles(
      lists.map((list) => list[at] as Hole),
      unifying,
      words(at),
    );
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

function isKind(hole: Hole, kind: string): boolean {
  return typeof hole === 'object' && hole !== null && hole.kind === kind;
}
