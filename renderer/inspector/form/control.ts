/** What a field of the form works on: one value, whether of a node, of many, or of the design. */
import type { Param } from '../../../shared/ir/params';
import type { Json } from '../../../shared/messages/define';

export interface FieldControl {
  name: string;
  label: string;
  help: string;
  param: Param<unknown>;
  /** As it stands in the file; undefined: not there, so the default holds. */
  value: Json | undefined;
  /** Several nodes, and not all have this value. */
  mixed?: boolean;
  /** Said where a list is empty. */
  emptyHint?: string;
  /** What the compiler says of it. */
  problems: readonly string[];
  /** Undefined: back to the default. Why not, where it is refused. */
  change: (value: Json | undefined) => string | null;
  /** Around a drag: all its changes are one undo step. */
  begin: () => void;
  commit: () => void;
  cancel: () => void;
}
