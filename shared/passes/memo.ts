/** What the passes remember from one compile to the next, so that an edit costs what it changes. */
import type { IrFunction } from '../ir/ir';
import type { Library } from '../ir/library';
import type { FunctionInstance, Totals } from '../ir/program';
import type { BoundFunction } from './bound';
import type { LoweredFunction, OrderedFunction } from './lowered';
import type { ParsedParams } from './parsedParams';
import type { InferredFunction } from './inferred';

export interface RememberedParams {
  /** Names that the expressions use; the empty one where there is anything to compute. */
  names: readonly string[];
  /** By definition and the values that the names had: the first, and the others where there are more. */
  key: string | null;
  parsed: ParsedParams | null;
  others: Map<string, ParsedParams> | null;
}

export interface Memo {
  /** How many times a definition was asked for types, over the life of the memo. */
  inferences: number;
  /** What is remembered holds for this library only. */
  library: Library | null;
  lowered: Map<string, LoweredFunction>;
  ordered: WeakMap<IrFunction, OrderedFunction>;
  /** By the object of the file that gives a node its parameters. */
  params: Map<object, RememberedParams>;
  /** By function object, then by bound parameters. */
  bound: WeakMap<IrFunction, Map<string, BoundFunction>>;
  functions: WeakMap<BoundFunction, Map<string, InferredFunction>>;
  totals: WeakMap<FunctionInstance, Totals>;
}

export function createMemo(): Memo {
  return { inferences: 0, ...emptyTables() };
}

function emptyTables(): Omit<Memo, 'inferences'> {
  return {
    library: null,
    lowered: new Map(),
    ordered: new WeakMap(),
    params: new Map(),
    bound: new WeakMap(),
    functions: new WeakMap(),
    totals: new WeakMap(),
  };
}

/** Entries above which the tables are dropped: forgetting costs one full inference, remembering for ever costs memory. */
const mostEntries = 250_000;

/** Readies the memo for a compile with this library. */
export function prepareMemo(memo: Memo, library: Library): Memo {
  if (memo.library !== library || memo.params.size > mostEntries) Object.assign(memo, emptyTables(), { library });
  return memo;
}
