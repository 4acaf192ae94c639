/** Makes one window: shown when it can be drawn, asked before it closes, loaded again when it stops working. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Handlers } from '../../shared/ipc/define';
import { serveContract, type ServeOptions } from '../../shared/ipc/serveContract';
import { studioContract, type StudioContract } from '../../shared/ipc/studio';
import type { Doors } from './bindIpc';
import type { Dialogs } from './dialogs';
import { startPage } from './protocol';
import { onRendererGone } from './runtime';
import { windowPreferences } from './security';
import type { StudioWindow } from './studioWindow';
import { smallest } from './windowPlace';

export interface WindowOptions {
  make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  doors: Doors;
  preload: string;
  icon: string | undefined;
  place: { x?: number; y?: number; width: number; height: number };
  maximised: boolean;
  dark: boolean;
  developerTools: boolean;
  dialogs: Pick<Dialogs, 'stopped'>;
  handlers: (window: StudioWindow) => Handlers<StudioContract>;
  serving: ServeOptions;
  onDrop: (window: StudioWindow, paths: string[]) => void;
  /** The user wants it closed. */
  onClose: (window: StudioWindow) => void;
  onClosed: (window: StudioWindow) => void;
  onMoved: (bounds: BrowserWindow) => void;
}

export interface MadeWindow {
  window: StudioWindow;
  browser: BrowserWindow;
  /** Whether its page has started and answers. */
  answers: () => boolean;
}

/** What is seen before the page is drawn: the theme's ground, so that nothing flashes. */
const grounds = { dark: '#1b1e25', light: '#ffffff' };

export function makeWindow(options: WindowOptions): MadeWindow {
  const { doors, onClose, onClosed, onDrop, onMoved } = options;
  const browser = options.make({
    ...options.place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Netloom',
    icon: options.icon,
    backgroundColor: options.dark ? grounds.dark : grounds.light,
    webPreferences: windowPreferences(options.preload, options.developerTools),
  });
  const { webContents: contents } = browser;
  const door = doors.open(contents);
  let answering = false;
  let destroyed = false;
  const window: StudioWindow = {
    id: contents.id,
    emit: (name, payload) => server.emit(name, payload),
    focus() {
      if (browser.isMinimized()) browser.restore();
      browser.show();
      browser.focus();
    },
    showTitle(title, unsaved, file) {
      browser.setTitle(`${unsaved ? '● ' : ''}${title === '' ? '' : `${title} - `}Netloom`);
      browser.setDocumentEdited(unsaved);
      browser.setRepresentedFilename(file ?? '');
    },
    destroy() {
      destroyed = true;
      browser.destroy();
    },
  };
  const handlers = options.handlers(window);
  const server = serveContract(
    studioContract,
    door.port,
    {
      ...handlers,
      start(request) {
        answering = true;
        return handlers.start(request);
      },
    },
    options.serving,
  );
  door.onDrop((paths) => onDrop(window, paths));
  contents.on('page-title-updated', (event) => event.preventDefault());
  contents.on('did-start-loading', () => (answering = false));
  browser.once('ready-to-show', () => {
    if (options.maximised) browser.maximize();
    browser.show();
  });
  browser.on('close', (event) => {
    onMoved(browser);
    if (destroyed) return;
    event.preventDefault();
    onClose(window);
  });
  browser.on('closed', () => {
    door.close();
    onClosed(window);
  });
  mend(browser, window, options.dialogs, () => (answering = false));
  void browser.loadURL(startPage);
  return { window, browser, answers: () => answering && !contents.isCrashed() };
}

/** Asks what to do when the page's process died or hangs; the drawing is in its journal either way. */
function mend(
  browser: BrowserWindow,
  window: StudioWindow,
  dialogs: Pick<Dialogs, 'stopped'>,
  onGone: () => void,
): void {
  let asking = false;
  let reloads = false;
  const ask = async (how: 'crashed' | 'hanging'): Promise<void> => {
    if (asking || browser.isDestroyed()) return;
    asking = true;
    const answer = await dialogs.stopped(browser, how);
    asking = false;
    if (browser.isDestroyed() || answer === 'wait') return;
    if (answer === 'close') return window.destroy();
    if (how === 'crashed') return browser.webContents.reload();
    // A page that hangs cannot be loaded again before its process has gone.
    reloads = true;
    browser.webContents.forcefullyCrashRenderer();
  };
  onRendererGone(browser.webContents, () => {
    onGone();
    if (reloads) browser.webContents.reload();
    else void ask('crashed');
    reloads = false;
  });
  browser.on('unresponsive', () => void ask('hanging'));
}
