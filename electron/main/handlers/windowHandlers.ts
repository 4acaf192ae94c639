/** What a window may ask about itself and the desktop: title, menus, settings, closing, the clipboard. */
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'setSettings' | 'setTitle' | 'setMenus' | 'newWindow' | 'close' | 'writeClipboard' | 'readClipboard';

/** How text of copied nodes begins; anything else on the clipboard is none of a window's business. */
const copiedNodes = /^\s*\{\s*"netloomClipboard"\s*:/;

export function windowHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, settings, closing, system } = context;
  return {
    setSettings(next) {
      settings.change(next);
      return {};
    },
    setTitle({ title, unsaved }) {
      const shown = documents.shownIn(window);
      if (shown) shown.unsaved = unsaved;
      window.showTitle(title, unsaved, shown?.file ?? null);
      return {};
    },
    setMenus({ menus }) {
      system.setMenus(window, menus);
      return {};
    },
    newWindow() {
      context.openWindow();
      return {};
    },
    close({ decision }) {
      closing.decide(window, decision);
      return {};
    },
    writeClipboard({ text }) {
      system.writeClipboard(text);
      return {};
    },
    async readClipboard() {
      const text = await system.readClipboard();
      return { text: copiedNodes.test(text) ? text : null };
    },
  };
}
