/** What can be done about a diagnostic: go to its node, apply one of its repairs. */
import type { Diagnostic } from '../../shared/messages';
import type { Repair } from '../../shared/messages/define';
import { repairEdit } from '../../shared/design/repairEdit';
import { repairTitle } from '../i18n/diagnosticText';
import type { Studio } from '../state/studio';
import { problemStrings } from './problemStrings';

/** The node of the drawing that a diagnostic is at: inside a block it is the call. */
export function problemNode({ node }: Pick<Diagnostic, 'node'>): string | null {
  return node?.split('/')[0] ?? null;
}

/** Selects the node and brings it to the middle; a problem of the whole design is mended where nothing is selected. */
export function goToProblem({ view }: Studio, diagnostic: Diagnostic): void {
  const node = problemNode(diagnostic);
  view.getState().select(node === null ? [] : [node]);
  if (node !== null) view.getState().canvas?.reveal(node);
}

/** One undo step. */
export function applyRepair(studio: Studio, diagnostic: Diagnostic, repair: Repair): void {
  const { design, edit } = studio.document.getState();
  const language = studio.language();
  const label = problemStrings[language].repair(repairTitle(repair, language));
  edit(label, repairEdit(design, diagnostic, repair));
}
