/** Keys as actions name them, "Mod+Shift+Z": read, compared with what was pressed, and written as each platform writes them. */
import type { StudioFacts } from '../state/studio';

export interface Shortcut {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  /** As in `KeyboardEvent.key`: "Z", "Enter", "=", "ArrowLeft". */
  key: string;
}

/** What of a keyboard event tells which keys were pressed. */
export interface PressedKeys {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

type Platform = StudioFacts['platform'];

const modifiers = ['Mod', 'Shift', 'Alt'];

/** Throws where it is not written as it should be: actions are ours, so that is a mistake of the program. */
export function parseShortcut(text: string): Shortcut {
  // The last key may be "+" itself.
  const cut = text.endsWith('+') ? text.length - 1 : text.lastIndexOf('+') + 1;
  const key = text.slice(cut);
  const names = cut === 0 ? [] : text.slice(0, cut - 1).split('+');
  if (key === '' || names.some((name) => !modifiers.includes(name)) || new Set(names).size < names.length)
    throw new Error(`"${text}" is not a shortcut: Mod, Shift and Alt may stand before one key`);
  return { mod: names.includes('Mod'), shift: names.includes('Shift'), alt: names.includes('Alt'), key };
}

/** Two shortcuts that the same keys trigger give one text. */
export function shortcutId(text: string): string {
  const { mod, shift, alt, key } = parseShortcut(text);
  return `${mod ? 'Mod+' : ''}${shift ? 'Shift+' : ''}${alt ? 'Alt+' : ''}${key.length === 1 ? key.toUpperCase() : key}`;
}

export function isPressed({ mod, shift, alt, key }: Shortcut, pressed: PressedKeys, platform: Platform): boolean {
  const [modDown, otherDown] =
    platform === 'darwin' ? [pressed.metaKey, pressed.ctrlKey] : [pressed.ctrlKey, pressed.metaKey];
  if (mod !== modDown || otherDown || alt !== pressed.altKey) return false;
  // Where a sign stands on the keyboard, and whether with Shift, is different in every country.
  if (isSign(key)) return pressed.key === key && (!shift || pressed.shiftKey);
  if (shift !== pressed.shiftKey) return false;
  if (/^[0-9]$/.test(key)) return pressed.code === `Digit${key}` || pressed.code === `Numpad${key}`;
  if (/^[A-Z]$/i.test(key)) return isLetter(key.toUpperCase(), pressed);
  return pressed.key === key;
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[A-Z0-9]/i.test(key);
}

/** By the letter that the layout gives; by its place where the layout has no Latin letters, or Option changed it. */
function isLetter(letter: string, { key, code, altKey }: PressedKeys): boolean {
  if (/^[A-Z]$/i.test(key)) return key.toUpperCase() === letter;
  const latin = /^[\u0020-\u024f]$/.test(key);
  return (altKey || !latin) && code === `Key${letter}`;
}

const macNames: Readonly<Record<string, string>> = {
  Enter: '↩',
  Delete: '⌦',
  Backspace: '⌫',
  Escape: '⎋',
  Tab: '⇥',
};
const arrows: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** As menus and tooltips show it: "Ctrl+Shift+Z", on macOS "⇧⌘Z". */
export function shortcutText(text: string, platform: Platform): string {
  const { mod, shift, alt, key } = parseShortcut(text);
  const plain = arrows[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (platform === 'darwin') return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${macNames[key] ?? plain}`;
  const named = { Escape: 'Esc', Delete: 'Del' }[key] ?? plain;
  return [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), named].join('+');
}

/** As Electron's menus read it. */
export function accelerator(text: string): string {
  const { mod, shift, alt, key } = parseShortcut(text);
  const name = key === '+' ? 'Plus' : key.replace(/^Arrow/, '');
  return [...(mod ? ['CmdOrCtrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), name].join('+');
}
