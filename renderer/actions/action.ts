/** What a user can do: menu, keys and command palette are derived from one list of these. */
import type { Studio } from '../state/studio';
import type { Strings } from '../i18n/strings';

export type MenuName = 'file' | 'edit' | 'view' | 'train' | 'help';

export interface Action {
  /** Dotted: "edit.undo". */
  id: string;
  title: (studio: Studio) => string;
  /** Null: only by keys and in the command palette. */
  menu: MenuName | null;
  /** Actions of one group stand together in the menu; groups are divided by lines. */
  group: string;
  /**
   * Keys as "Mod+Shift+Z": Mod is Ctrl, on macOS Command; the first is shown. `scope` canvas: only while the canvas has
   * the focus, as every single letter must.
   */
  shortcuts?: readonly string[];
  scope?: 'window' | 'canvas';
  enabled?: (studio: Studio) => boolean;
  /** False: neither menus nor the command palette show it. */
  offered?: (studio: Studio) => boolean;
  checked?: (studio: Studio) => boolean;
  run: (studio: Studio) => void | Promise<void>;
}

/** A title out of a table of words. */
export function titled<Table>(
  strings: Strings<Table>,
  pick: (words: Readonly<Table>) => string,
): (studio: Studio) => string {
  return (studio) => pick(strings[studio.language()]);
}
