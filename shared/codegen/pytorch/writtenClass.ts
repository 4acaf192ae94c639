/** A class of model.py as it is written, and what each instance of it is made with and holds. */
import type { Hole, Name } from '../../ir/emit/code';
import type { ExportedConstant, ExportedWeight } from '../exportedModel';
import type { SourceLine } from '../sourceFile';

/** Origins are ids of nodes within it. */
export interface ClassText {
  readonly name: Name;
  readonly parameters: readonly { readonly name: Name; readonly type: 'int' | 'float' }[];
  readonly docstring: readonly string[];
  readonly body: readonly SourceLine[];
  readonly chain: boolean;
  readonly ties: boolean;
}

/** What its instances hold, by names below theirs. */
export interface WrittenClass {
  readonly text: ClassText;
  /** What the constructor is called with. */
  readonly values: readonly Hole[];
  readonly weights: readonly ExportedWeight[];
  readonly constants: readonly ExportedConstant[];
  /** Whom it calls, and where the paths of their nodes go on from its own: "stage/2/". */
  readonly calls: readonly { readonly key: string; readonly path: string }[];
  /** What `forward` calls its inputs, and what its results are called, by node. */
  readonly ports: ReadonlyMap<string, string>;
}
