/** The menus that the platform draws, on macOS: the window says what they hold, and hears which item was chosen. */
import type { MenuItemConstructorOptions } from 'electron';
import type { RequestOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';

type Menus = RequestOf<StudioContract, 'setMenus'>['menus'];

/** The first menu is the application's own: there macOS expects to hide and to leave. */
export function menuTemplate(menus: Menus, choose: (action: string) => void): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions = { role: 'appMenu' };
  return [
    own,
    ...menus.map(({ title, items }): MenuItemConstructorOptions => ({
      label: title,
      submenu: items.map(({ action, title: label, accelerator, enabled, checked }): MenuItemConstructorOptions => {
        if (action === null) return { type: 'separator' };
        return {
          label,
          enabled,
          ...(accelerator !== null && { accelerator, registerAccelerator: false }),
          ...(checked !== null && { type: 'checkbox' as const, checked }),
          click: () => choose(action),
        };
      }),
    })),
  ];
}
