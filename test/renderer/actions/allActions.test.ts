/** The one list of actions: every key means one thing, and everything has words in every language. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../renderer/actions/action';
import { allActions } from '../../../renderer/actions/allActions';
import { menuGroups, menuNames, nativeMenus } from '../../../renderer/actions/menus';
import { pressedAction } from '../../../renderer/actions/pressedAction';
import { shortcutId, type PressedKeys } from '../../../renderer/actions/shortcut';
import { emptyDesign } from '../../../shared/design/schema';
import { studioContract } from '../../../shared/ipc/studio';
import { fakeStudio, openedDocument } from '../fakeStudio';

const { studio } = fakeStudio();

/** Keys that two actions of one scope share. */
function clashes(actions: readonly Action[]): string[] {
  const holders = new Map<string, string[]>();
  for (const { id, scope = 'window', shortcuts = [] } of actions)
    for (const shortcut of shortcuts) {
      const key = `${scope} ${shortcutId(shortcut)}`;
      holders.set(key, [...(holders.get(key) ?? []), id]);
    }
  return [...holders].flatMap(([key, ids]) => (ids.length > 1 ? [`${key}: ${ids.join(', ')}`] : []));
}

describe('every action', () => {
  it('has an id of its own', () => {
    const ids = allActions.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+(\.[A-Za-z0-9]+)+$/.test(id))).toEqual([]);
  });

  it('has keys of its own', () => {
    expect(clashes(allActions)).toEqual([]);
    const twin: Action = {
      id: 'a.b',
      title: () => '',
      menu: null,
      group: '',
      shortcuts: ['Shift+Mod+z'],
      run: () => {},
    };
    expect(clashes([...allActions, twin])).toEqual(['window Mod+Shift+Z: edit.redo, a.b']);
  });

  it('has words in both languages, and not the same ones', () => {
    const titles = (language: 'en' | 'zh-CN'): Map<string, string> => {
      const { studio: speaking } = fakeStudio({}, 'linux', { language });
      return new Map(allActions.map((action) => [action.id, action.title(speaking).trim()]));
    };
    const [english, chinese] = [titles('en'), titles('zh-CN')];
    expect([...english, ...chinese].filter(([, title]) => title === '')).toEqual([]);
    expect([...chinese].filter(([, title]) => !/[\u4e00-\u9fff]/.test(title)).map(([id]) => id)).toEqual([]);
    expect([...english].filter(([id, title]) => /[\u4e00-\u9fff]/.test(title) && !/Chinese/.test(id))).toEqual([]);
  });

  it('that a single letter triggers belongs to the canvas', () => {
    const single = allActions.filter(({ shortcuts = [], scope }) => scope !== 'canvas' && shortcuts.some(isLetter));
    expect(single.map(({ id }) => id)).toEqual([]);
  });
});

const isLetter = (shortcut: string): boolean => /^(Shift\+)?[A-Z0-9]$/i.test(shortcut);

describe('the menus', () => {
  it('hold every action that belongs into one, once', () => {
    const shown = menuNames.flatMap((menu) => menuGroups(allActions, menu, studio).flat());
    const wanted = allActions.filter(({ menu, offered }) => menu !== null && offered?.(studio) !== false);
    expect(shown.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
  });

  it('are what the main process takes, where the system draws them', () => {
    const menus = nativeMenus(allActions, studio);
    expect(studioContract.requests.setMenus.request.safeParse({ menus }).success).toBe(true);
    const undo = menus.flatMap(({ items }) => items).find(({ action }) => action === 'edit.undo');
    expect(undo).toMatchObject({ accelerator: 'CmdOrCtrl+Z', enabled: false });
  });

  it('say what undo undoes', () => {
    const { studio: drawing } = fakeStudio();
    drawing.document.getState().load(openedDocument(), emptyDesign('net'));
    drawing.document.getState().edit('Rename', { edit: 'setName', name: 'b' });
    const titles = nativeMenus(allActions, drawing).flatMap(({ items }) => items.map(({ title }) => title));
    expect(titles).toContain('Undo: Rename');
  });
});

describe('keys pressed', () => {
  const press = (key: string, held: Partial<PressedKeys> = {}): PressedKeys => ({
    key,
    code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  });
  const { studio: drawing } = fakeStudio();
  drawing.document.getState().load(openedDocument(), emptyDesign('net'));
  drawing.document.getState().edit('Rename', { edit: 'setName', name: 'b' });
  const meant = (keys: PressedKeys, focus: 'field' | 'canvas' | 'elsewhere'): string | undefined =>
    pressedAction(allActions, keys, focus, drawing)?.id;

  it('in a field save the drawing, and leave undo, copy and letters to the field', () => {
    expect(meant(press('s', { ctrlKey: true }), 'field')).toBe('file.save');
    for (const key of ['z', 'y', 'x', 'c', 'v', 'a'])
      expect(meant(press(key, { ctrlKey: true }), 'field')).toBe(undefined);
    for (const key of ['f', '?', 'Delete', 'Tab']) expect(meant(press(key), 'field')).toBe(undefined);
  });

  it('act on the drawing only where the canvas has the focus', () => {
    const selectAll = press('a', { ctrlKey: true });
    expect([meant(selectAll, 'canvas'), meant(selectAll, 'elsewhere')]).toEqual(['canvas.selectAll', undefined]);
    expect(meant(press('z', { ctrlKey: true }), 'elsewhere')).toBe('edit.undo');
  });

  it('do nothing where the action cannot be done', () => {
    expect(meant(press('Delete'), 'canvas')).toBe(undefined);
    drawing.view.getState().select(['x']);
    expect(meant(press('Delete'), 'canvas')).toBe('canvas.delete');
  });
});
