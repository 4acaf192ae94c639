/** Pieces of generated code. Literal parts are constants of our own source; what a design says enters as a node only. */

declare const allocated: unique symbol;

/** An identifier that the allocator gave; nothing else makes one. */
export interface Name {
  readonly kind: 'name';
  readonly identifier: string;
  readonly [allocated]: true;
}

/** The one door to the brand, for the allocator of `codegen`. */
export function brandName(identifier: string): Name {
  return { kind: 'name', identifier } as Name;
}

/** A string of the program, quoted by the language's one quoting function. */
export interface Text {
  readonly kind: 'text';
  readonly value: string;
}

/** `list` is [a, b] everywhere; `tuple` is (a, b) in Python. */
export interface Sequence {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly Hole[];
}

/** Arguments by name: `name=value` in Python, the properties of one object in TypeScript. */
export type Keywords = Readonly<Record<string, Hole | undefined>>;

export interface Call {
  readonly kind: 'call';
  readonly callee: Fragment | Name;
  readonly positional: readonly Hole[];
  /** In TypeScript `...` as the name of a first one brings the properties of an object in. */
  readonly keywords: readonly (readonly [string, Hole])[];
}

/** a + b + c: in brackets where something binds closer, broken before its operators. */
export interface Operation {
  readonly kind: 'operation';
  readonly operator: '+' | '*';
  readonly operands: readonly Hole[];
}

export interface Fragment {
  readonly kind: 'fragment';
  readonly literals: readonly string[];
  readonly holes: readonly Hole[];
}

/** Numbers, truth values and null are written as the language writes them. */
export type Hole = Fragment | Name | Text | Sequence | Call | Operation | number | boolean | null;

/** code`nn.Linear(${inputs}, ${units})`: the literal parts are the code, the holes are nodes. */
export function code(literals: TemplateStringsArray, ...holes: Hole[]): Fragment {
  return { kind: 'fragment', literals: [...literals], holes };
}

export function text(value: string): Text {
  return { kind: 'text', value };
}

export function list(items: readonly Hole[]): Sequence {
  return { kind: 'list', items };
}

export function tuple(items: readonly Hole[]): Sequence {
  return { kind: 'tuple', items };
}

/** A call that may be broken over lines. Keywords that are undefined are left out; their names are of our own source. */
export function call(callee: Fragment | Name, positional: readonly Hole[], keywords: Keywords = {}): Call {
  const given = Object.entries(keywords).filter((entry): entry is [string, Hole] => entry[1] !== undefined);
  return { kind: 'call', callee, positional, keywords: given };
}

export function operation(operator: Operation['operator'], operands: readonly Hole[]): Operation {
  return { kind: 'operation', operator, operands };
}

/** How often an identifier stands in a piece of code. */
export function occurrences(hole: Hole, name: Name): number {
  if (hole === name) return 1;
  return partsOf(hole).reduce<number>((sum, part) => sum + occurrences(part, name), 0);
}

/** The nodes that a node is made of. */
function partsOf(hole: Hole): readonly Hole[] {
  if (typeof hole !== 'object' || hole === null) return [];
  switch (hole.kind) {
    case 'name':
    case 'text':
      return [];
    case 'list':
    case 'tuple':
      return hole.items;
    case 'operation':
      return hole.operands;
    case 'fragment':
      return hole.holes;
    case 'call':
      return [hole.callee, ...hole.positional, ...hole.keywords.map(([, value]) => value)];
  }
}
