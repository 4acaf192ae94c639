/** Which action the pressed keys mean, given where the focus is. */
import type { Studio } from '../state/studio';
import type { Action } from './action';
import { isPressed, parseShortcut, type PressedKeys, type Shortcut } from './shortcut';

/** `field`: something is being typed. `canvas`: the canvas has the focus, or nothing has. */
export type Focus = 'field' | 'canvas' | 'elsewhere';

export function pressedAction(
  actions: readonly Action[],
  pressed: PressedKeys,
  focus: Focus,
  studio: Studio,
): Action | null {
  const { platform } = studio.facts;
  const fits = (action: Action): boolean =>
    (action.shortcuts ?? []).map(parseShortcut).some((shortcut) => {
      if (!isPressed(shortcut, pressed, platform)) return false;
      return focus !== 'field' || (action.scope !== 'canvas' && !belongsToFields(shortcut));
    });
  const found = actions.filter(fits);
  const wanted =
    (focus === 'canvas' ? found.find(({ scope }) => scope === 'canvas') : undefined) ??
    found.find(({ scope }) => scope !== 'canvas');
  return wanted && (wanted.enabled?.(studio) ?? true) ? wanted : null;
}

/** What a field does with it itself: type it, or undo, copy and move within its own text. */
function belongsToFields({ mod, key }: Shortcut): boolean {
  if (!mod) return !/^F\d+$/.test(key);
  return /^([ZYXCVA]|Arrow.*|Backspace|Delete|Home|End)$/i.test(key);
}
