/** The menus, out of the list of actions: groups in the order in which the list has them, divided by lines. */
import type { RequestOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import type { Studio } from '../state/studio';
import type { Action, MenuName } from './action';
import { menuStrings } from './menuStrings';
import { accelerator } from './shortcut';

export const menuNames: readonly MenuName[] = ['file', 'edit', 'view', 'train', 'help'];

export function menuGroups(actions: readonly Action[], menu: MenuName, studio: Studio): Action[][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    if (action.menu !== menu || action.offered?.(studio) === false) continue;
    groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  }
  return [...groups.values()];
}

type Menus = RequestOf<StudioContract, 'setMenus'>['menus'];

/** As the platform draws them, on macOS. */
export function nativeMenus(actions: readonly Action[], studio: Studio): Menus {
  const line = { action: null, title: '', accelerator: null, enabled: false, checked: null };
  return menuNames.map((menu) => ({
    title: menuStrings[studio.language()][menu],
    items: menuGroups(actions, menu, studio).flatMap((group, at) => [
      ...(at > 0 ? [line] : []),
      ...group.map((action) => ({
        action: action.id,
        title: action.title(studio),
        accelerator: action.shortcuts?.[0] === undefined ? null : accelerator(action.shortcuts[0]),
        enabled: action.enabled?.(studio) ?? true,
        checked: action.checked ? action.checked(studio) : null,
      })),
    ]),
  }));
}
