/** A window that keeps what it was told, for stories of the main process without Electron. */
import type { StudioWindow } from '../../electron/main/studioWindow';

export interface FakeWindow extends StudioWindow {
  told: { name: string; payload: unknown }[];
  focused: number;
  destroyed: boolean;
}

let windows = 0;

export function fakeWindow(onDestroy: (window: FakeWindow) => void = () => undefined): FakeWindow {
  windows += 1;
  const window: FakeWindow = {
    id: windows,
    told: [],
    focused: 0,
    destroyed: false,
    emit: (name, payload) => void window.told.push({ name, payload }),
    focus: () => void (window.focused += 1),
    showTitle: () => undefined,
    destroy() {
      window.destroyed = true;
      onDestroy(window);
    },
  };
  return window;
}
