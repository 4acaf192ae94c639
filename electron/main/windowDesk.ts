/** The windows that are open: makes them where the last one stood, finds them, tells all of them. */
import type * as Electron from 'electron';
import type { EventName, Handlers, PayloadOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import { diskFiles } from '../files/fileSystem';
import { failureOf } from '../services/problemFailure';
import type { Doors } from './bindIpc';
import type { Dialogs } from './dialogs';
import type { StudioWindow } from './studioWindow';
import { makeWindow, type MadeWindow } from './window';
import { placeFor, windowPlaceFile } from './windowPlace';

export interface WindowDeskOptions {
  electron: Pick<typeof Electron, 'BrowserWindow' | 'nativeTheme' | 'screen'>;
  home: string;
  doors: Doors;
  preload: string;
  icon: string | undefined;
  developerTools: boolean;
  dialogs: Dialogs;
  handlers: (window: StudioWindow) => Handlers<StudioContract>;
  onDrop: (window: StudioWindow, paths: string[]) => void;
  onClose: (window: StudioWindow) => void;
  onClosed: (window: StudioWindow) => void;
  log: (sentence: string) => void;
}

export interface WindowDesk {
  open: () => StudioWindow;
  all: () => StudioWindow[];
  tellAll: <Name extends EventName<StudioContract>>(name: Name, payload: PayloadOf<StudioContract, Name>) => void;
  browserOf: (window: StudioWindow) => Electron.BrowserWindow | null;
  answers: (window: StudioWindow) => boolean;
  /** The one that was used last, to the front. */
  focusAny: () => StudioWindow | null;
}

export function createWindowDesk(options: WindowDeskOptions): WindowDesk {
  const { electron, home, log } = options;
  const { BrowserWindow, nativeTheme, screen } = electron;
  const made = new Map<StudioWindow, MadeWindow>();
  const kept = windowPlaceFile(diskFiles, home);
  let place = kept.read().value;

  function remember(browser: Electron.BrowserWindow): void {
    place = { bounds: browser.getNormalBounds(), maximised: browser.isMaximized() };
    try {
      kept.write(place);
    } catch (error) {
      // The next start then opens it where it stood before: no reason to trouble anybody.
      log(failureOf(error).message);
    }
  }

  function screens(): Electron.Rectangle[] {
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    return [main, ...others].map(({ workArea }) => workArea);
  }

  return {
    open() {
      const others = [...made.values()].map(({ browser }) => browser.getBounds());
      const { preload, icon, developerTools, dialogs, doors, handlers, onDrop, onClose, onClosed } = options;
      const one = makeWindow({
        ...{ preload, icon, developerTools, dialogs, doors, handlers, onDrop, onClose, onMoved: remember },
        make: (given) => new BrowserWindow(given),
        place: placeFor(place, screens(), others),
        maximised: place.maximised && made.size === 0,
        dark: nativeTheme.shouldUseDarkColors,
        serving: { failureOf, onRefused: ({ message }) => log(message) },
        onClosed(window) {
          made.delete(window);
          onClosed(window);
        },
      });
      made.set(one.window, one);
      return one.window;
    },
    all: () => [...made.keys()],
    tellAll(name, payload) {
      for (const { window, answers } of made.values()) if (answers()) window.emit(name, payload);
    },
    browserOf: (window) => made.get(window)?.browser ?? null,
    answers: (window) => made.get(window)?.answers() ?? false,
    focusAny() {
      const focused = [...made.values()].find(({ browser }) => browser.isFocused()) ?? [...made.values()].pop();
      focused?.window.focus();
      return focused?.window ?? null;
    },
  };
}
