/** The one list of what can be done: menus, keys, command palette and the overlay of shortcuts are made from it. */
import type { Studio } from '../state/studio';
import type { Action } from './action';
import { canvasActions } from './canvasActions';
import { editActions } from './editActions';
import { fileActions } from './fileActions';
import { helpActions } from './helpActions';
import { problemActions } from './problemActions';
import { runActions } from './runActions';
import { trainingActions } from './trainingActions';
import { viewActions } from './viewActions';
import { sentenceOf } from '../state/sentenceOf';

export const allActions: readonly Action[] = [
  ...fileActions,
  ...editActions,
  ...viewActions,
  ...canvasActions,
  ...trainingActions,
  ...runActions,
  ...problemActions,
  ...helpActions,
];

/** Does it, unless it cannot be done now; a failure becomes a notice. */
export async function runAction(action: Action, studio: Studio): Promise<void> {
  if (action.enabled?.(studio) === false) return;
  try {
    await action.run(studio);
  } catch (error) {
    const text = sentenceOf(error);
    studio.view.getState().notify({ kind: 'error', text });
  }
}

export function actionById(id: string): Action | null {
  return allActions.find((action) => action.id === id) ?? null;
}
