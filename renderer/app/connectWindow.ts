/** Ties the stores to the window: its title and menus, what the main process tells, what has to be asked before it closes. */
import { actionById, allActions, runAction } from '../actions/allActions';
import { windowTitle } from '../actions/fileActions';
import { nativeMenus } from '../actions/menus';
import { save, decideClosing } from '../actions/saveCommands';
import { failureText } from '../i18n/failureText';
import type { InstallationEvent } from '../../shared/ipc/studio/engineSchemas';
import { engineStrings } from '../engines/strings';
import { isUnsaved } from '../state/documentStore';
import { fileStrings } from '../state/fileStrings';
import { applyOpenOutcome, openBy } from '../state/openOutcome';
import type { Studio } from '../state/studio';

/** The function returned ends it all. */
export function connectWindow(studio: Studio): () => void {
  const { client, view } = studio;
  const stopTitle = keepTitle(studio);
  const stopMenus = studio.facts.platform === 'darwin' ? keepMenus(studio) : () => undefined;
  const stopEvents = client.onEvent((event) => {
    if (event.name === 'opened') applyOpenOutcome(studio, event.payload);
    if (event.name === 'problem') view.getState().notify({ kind: 'error', text: event.payload.message });
    if (event.name === 'installation') tellInstalled(studio, event.payload);
    if (event.name === 'menu') {
      const action = actionById(event.payload.action);
      if (action) void runAction(action, studio);
    }
    if (event.name === 'fileChanged') tellChanged(studio, event.payload.key, event.payload.file);
    if (event.name === 'closing') askBeforeClosing(studio, event.payload.training);
  });
  return () => {
    stopTitle();
    stopMenus();
    stopEvents();
  };
}

/**
 * Nothing to ask: the window goes. Else a dialog asks, and answers through `decideClosing`. Unsaved changes are asked
 * about whether the drawing has a file or not: a window that was closed does not come back by itself, its journal is for
 * crashes only.
 */
function askBeforeClosing(studio: Studio, training: boolean): void {
  studio.journal.flush();
  if (!training && !isUnsaved(studio.document.getState())) void decideClosing(studio, 'close');
  else studio.view.getState().set({ closing: { training }, dialog: null });
}

/** The page on engines shows it by itself. */
function tellInstalled({ view, language }: Studio, told: InstallationEvent): void {
  const { dialog, openDialog, notify } = view.getState();
  if (told.kind !== 'ended' || told.outcome === 'cancelled' || dialog === 'engines') return;
  const words = engineStrings[language()];
  const { name, outcome, code, message } = told;
  const why = failureText({ code: code ?? 'internal', message: message ?? '' }, language());
  const installed = outcome === 'installed';
  notify({
    kind: installed ? 'info' : 'error',
    text: installed ? words.installedNotice(name) : words.failedNotice(name, why),
    action: { title: words.show, run: () => openDialog('engines') },
  });
}

function tellChanged(studio: Studio, key: string, file: string): void {
  const { document, view, client, language } = studio;
  if (document.getState().key !== key) return;
  const words = fileStrings[language()];
  view.getState().notify({
    kind: 'warning',
    ofDocument: true,
    text: words.changedOnDisk(file),
    actions: [
      {
        title: words.reload,
        run: () => void openBy(studio, () => client.request('open', { recent: file })),
      },
      { title: words.saveAs, run: () => void save(studio, { as: true }) },
    ],
  });
}

function keepTitle(studio: Studio): () => void {
  const { client, document, settings, language } = studio;
  let told = '';
  const tell = (): void => {
    const title = windowTitle(studio, fileStrings[language()].untitled);
    const unsaved = isUnsaved(document.getState());
    const now = `${unsaved ? '*' : ' '}${document.getState().key}${title}`;
    if (now === told) return;
    told = now;
    void client.request('setTitle', { title, unsaved }).catch(() => undefined);
  };
  tell();
  const stops = [document.subscribe(tell), settings.subscribe(tell)];
  return () => stops.forEach((stop) => stop());
}

const menuMilliseconds = 100;

/** macOS draws them all the time: they are told again when a title, a mark or what can be done has changed. */
function keepMenus(studio: Studio): () => void {
  const { client, document, view, settings, files, training } = studio;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    const menus = nativeMenus(allActions, studio);
    const now = JSON.stringify(menus);
    if (now === told) return;
    told = now;
    void client.request('setMenus', { menus }).catch(() => (told = ''));
  };
  const soon = (): void => {
    timer ??= setTimeout(tell, menuMilliseconds);
  };
  tell();
  const stops = [document, view, settings, files, training].map((store) => store.subscribe(soon));
  return () => {
    clearTimeout(timer);
    stops.forEach((stop) => stop());
  };
}
