/** What only the desktop can do for a window, by way of Electron. */
import type * as Electron from 'electron';
import type { Dialogs } from './dialogs';
import { menuTemplate } from './menuTemplate';
import { clipboardText } from './runtime';
import type { SystemServices } from './studioContext';
import type { StudioWindow } from './studioWindow';

export function systemServices(
  { clipboard, Menu, shell }: Pick<typeof Electron, 'clipboard' | 'Menu' | 'shell'>,
  dialogs: Dialogs,
  browserOf: (window: StudioWindow) => Electron.BrowserWindow | null,
  platform: string,
): SystemServices {
  return {
    chooseDesign: (window) => dialogs.openDesign(browserOf(window)),
    chooseTarget: (window, suggested) => dialogs.saveDesign(browserOf(window), suggested),
    chooseData: (window) => dialogs.dataFile(browserOf(window)),
    chooseExport: (window, suggested) => dialogs.exportFolder(browserOf(window), suggested),
    showFolder: (file) => shell.showItemInFolder(file),
    setMenus(window, menus) {
      // Elsewhere the window draws its menus itself.
      if (platform !== 'darwin' || browserOf(window)?.isFocused() === false) return;
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menus, (action) => window.emit('menu', { action }))));
    },
    readClipboard: () => clipboardText(clipboard),
    writeClipboard: (text) => void clipboard.writeText(text),
  };
}
