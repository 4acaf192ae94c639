/** A class of model.py as it is written, before it is known where it is used. */
import type { Name } from '../../ir/emit/code';
import type { ExportedConstant, ExportedWeight } from '../exportedModel';
import type { SourceLine } from '../sourceFile';

/** A class, and what its instances hold by names below theirs. Origins are ids of nodes within it. */
export interface WrittenClass {
  readonly name: Name;
  readonly docstring: readonly string[];
  readonly body: readonly SourceLine[];
  readonly chain: boolean;
  readonly weights: readonly ExportedWeight[];
  readonly constants: readonly ExportedConstant[];
  /** Whom it calls, and where the paths of their nodes go on from its own: "stage/2/". */
  readonly calls: readonly { readonly key: string; readonly path: string }[];
  readonly ties: boolean;
  /** What `forward` calls its inputs, and what its results are called, by node. */
  readonly ports: ReadonlyMap<string, string>;
}
