/** The vocabulary of diagnostics: what a message is, where it is anchored, and which repairs it may offer. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type Severity = 'error' | 'warning';

/** One sentence of the catalogue; `text` turns its arguments into English. */
export interface Message<Arguments> {
  severity: Severity;
  text: (args: Arguments) => string;
}

/**
 * One change that a repair makes. Without `node` it acts on the node of the diagnostic.
 * `design/repairEdit.ts` turns actions into edits, so that a repair is undone like any other change.
 */
export type RepairAction =
  | { action: 'setParam'; node?: string; param: string; value: Json }
  | { action: 'insertBefore'; node?: string; port: string; layer: string; params: Record<string, Json> }
  | { action: 'removeNode'; node?: string }
  | { action: 'renameParam'; node?: string; param: string; to: string }
  | { action: 'removeParam'; node?: string; param: string }
  | { action: 'setLayer'; node?: string; layer: string }
  | { action: 'ownWeights'; node?: string }
  /** The wire with these very ends, as the file writes them: "node" or "node:port". */
  | { action: 'addWire'; from: string; to: string }
  | { action: 'removeWire'; from: string; to: string }
  | { action: 'addNode'; layer: string; params: Record<string, Json>; after: string }
  | { action: 'setTraining'; path: string; value: Json }
  | { action: 'setData'; path: string; value: Json };

export interface Repair {
  title: string;
  actions: RepairAction[];
}

export function errorMessage<Arguments>(text: (args: Arguments) => string): Message<Arguments> {
  return { severity: 'error', text };
}

export function warningMessage<Arguments>(text: (args: Arguments) => string): Message<Arguments> {
  return { severity: 'warning', text };
}
