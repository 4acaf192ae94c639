/** Listens to the keyboard of the whole window and does what the pressed keys mean. */
import { allActions, runAction } from '../actions/allActions';
import { pressedAction, type Focus } from '../actions/pressedAction';
import type { Studio } from '../state/studio';

export function listenToKeys(studio: Studio): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const target = event.target instanceof Element ? event.target : document.body;
    // A dialog and an open menu keep the keys for themselves; the palette of commands is left as it was entered.
    const within = target.closest('[role="dialog"], [role="menu"], [role="menubar"], [role="listbox"]');
    const action = pressedAction(allActions, event, focusOf(target), studio);
    if (!action || (within && action.id !== 'help.commands')) return;
    if (event.repeat && !repeats(action.id)) return;
    event.preventDefault();
    if (focusOf(target) === 'field') handOver(target);
    void runAction(action, studio);
  });
}

/** What may go on while a key is held down. */
function repeats(action: string): boolean {
  return /^(edit\.|canvas\.(nudge|zoom|select))/.test(action);
}

function focusOf(target: Element): Focus {
  const field = target.closest('input, textarea, select, [contenteditable="true"]');
  if (field && !/^(checkbox|radio|range|button)$/.test(field.getAttribute('type') ?? '')) return 'field';
  if (target === document.body || target.closest('[data-region="canvas"]')) return 'canvas';
  return 'elsewhere';
}

/** What is being typed counts: a field hands over its value when it is left. */
function handOver(field: Element): void {
  if (!(field instanceof HTMLElement)) return;
  field.blur();
  field.focus({ preventScroll: true });
}
