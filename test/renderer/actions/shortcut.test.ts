/** Keys as actions name them: read, pressed, shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accelerator,
  isPressed,
  parseShortcut,
  shortcutId,
  shortcutText,
  type PressedKeys,
} from '../../../renderer/actions/shortcut';

const keys = (key: string, code: string, held: Partial<PressedKeys> = {}): PressedKeys => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('reading', () => {
  it('takes modifiers and one key, also the plus sign itself', () => {
    expect(parseShortcut('Mod+Shift+Z')).toEqual({ mod: true, shift: true, alt: false, key: 'Z' });
    expect(parseShortcut('?')).toEqual({ mod: false, shift: false, alt: false, key: '?' });
    expect(parseShortcut('Mod++')).toEqual({ mod: true, shift: false, alt: false, key: '+' });
    expect(parseShortcut('+')).toEqual({ mod: false, shift: false, alt: false, key: '+' });
  });

  it('refuses what is none', () => {
    for (const wrong of ['', 'Ctrl+Z', 'Mod+Mod+Z', 'Z+Mod+A'])
      expect(() => parseShortcut(wrong)).toThrow('is not a shortcut');
  });

  it('gives every order of the modifiers one name', () => {
    const modifiers = fc.uniqueArray(fc.constantFrom('Mod', 'Shift', 'Alt'));
    const key = fc.constantFrom('z', 'Z', '+', '-', '=', '.', '1', 'Enter', 'F6', 'ArrowLeft');
    fc.assert(
      fc.property(modifiers, key, (names, last) => {
        const text = [...names, last].join('+');
        expect(shortcutId(text)).toBe(shortcutId([...[...names].reverse(), last].join('+')));
        expect(shortcutId(shortcutId(text))).toBe(shortcutId(text));
        const { mod, shift, alt } = parseShortcut(text);
        expect([mod && 'Mod', shift && 'Shift', alt && 'Alt'].filter(Boolean).sort()).toEqual([...names].sort());
      }),
    );
  });
});

describe('pressing', () => {
  const undo = parseShortcut('Mod+Z');

  it('means Ctrl on Linux and Windows, Command on macOS', () => {
    const ctrl = keys('z', 'KeyZ', { ctrlKey: true });
    const command = keys('z', 'KeyZ', { metaKey: true });
    expect([isPressed(undo, ctrl, 'linux'), isPressed(undo, ctrl, 'win32')]).toEqual([true, true]);
    expect([isPressed(undo, ctrl, 'darwin'), isPressed(undo, command, 'darwin')]).toEqual([false, true]);
    expect(isPressed(undo, keys('z', 'KeyZ', { ctrlKey: true, metaKey: true }), 'linux')).toBe(false);
  });

  it('takes no more and no fewer modifiers than are named', () => {
    expect(isPressed(undo, keys('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(false);
    expect(isPressed(undo, keys('z', 'KeyZ'), 'linux')).toBe(false);
  });

  it('goes by the letter that the layout gives, and by its place where the layout has no Latin letters', () => {
    // German: Z and Y have changed places. Russian: я is where Z is.
    expect(isPressed(undo, keys('z', 'KeyY', { ctrlKey: true }), 'linux')).toBe(true);
    expect(isPressed(undo, keys('y', 'KeyZ', { ctrlKey: true }), 'linux')).toBe(false);
    expect(isPressed(undo, keys('я', 'KeyZ', { ctrlKey: true }), 'linux')).toBe(true);
  });

  it('finds letters that Option turns into signs, digits under Shift, and signs wherever they stand', () => {
    const panel = parseShortcut('Mod+Alt+P');
    expect(isPressed(panel, keys('π', 'KeyP', { metaKey: true, altKey: true }), 'darwin')).toBe(true);
    expect(isPressed(parseShortcut('Shift+1'), keys('!', 'Digit1', { shiftKey: true }), 'linux')).toBe(true);
    expect(isPressed(parseShortcut('?'), keys('?', 'Slash', { shiftKey: true }), 'linux')).toBe(true);
    expect(isPressed(parseShortcut('Mod+='), keys('=', 'Digit0', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(
      true,
    );
  });
});

describe('showing', () => {
  it('writes them as each platform does', () => {
    expect(shortcutText('Mod+Shift+Z', 'linux')).toBe('Ctrl+Shift+Z');
    expect(shortcutText('Mod+Shift+Z', 'darwin')).toBe('⇧⌘Z');
    expect(shortcutText('Alt+ArrowRight', 'win32')).toBe('Alt+→');
    expect(shortcutText('Delete', 'win32')).toBe('Del');
  });

  it('and as Electron reads them', () => {
    expect(accelerator('Mod+Shift+Z')).toBe('CmdOrCtrl+Shift+Z');
    expect(accelerator('Mod++')).toBe('CmdOrCtrl+Plus');
    expect(accelerator('Alt+ArrowLeft')).toBe('Alt+Left');
  });
});
