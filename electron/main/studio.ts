/** The program between its start and its end: windows, documents, the run that is trained, and the way out. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Handlers } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import { diskFiles } from '../files/fileSystem';
import { assetsFolder } from '../services/data/assetsFolder';
import { openRecentFiles } from '../services/documents/recentFiles';
import { sampleDesigns } from '../services/documents/sampleDesigns';
import { netloomVersion } from '../services/netloomVersion';
import type { Doors } from './bindIpc';
import { createClosingDesk } from './closingDesk';
import { createDialogs } from './dialogs';
import { createDocumentDesk } from './documentDesk';
import { watchFiles } from './fileWatch';
import { dataHandlers } from './handlers/dataHandlers';
import { documentHandlers } from './handlers/documentHandlers';
import { engineHandlers } from './handlers/engineHandlers';
import { exportHandlers } from './handlers/exportHandlers';
import { runHandlers } from './handlers/runHandlers';
import { trainingHandlers } from './handlers/trainingHandlers';
import { windowHandlers } from './handlers/windowHandlers';
import { createJournalKeeper } from './journalKeeper';
import { createAsks, type Asks } from './openAsked';
import { createSettingsDesk } from './settingsDesk';
import type { StudioContext } from './studioContext';
import type { StudioWindow } from './studioWindow';
import { systemServices } from './systemServices';
import { textsFor, type Texts } from './texts';
import { watchRuns } from './watchRuns';
import { createWindowDesk, type WindowDesk } from './windowDesk';
import { createWorkers, type Workers } from './workers';

export interface StudioOptions {
  electron: typeof Electron;
  home: string;
  /** The folder of the bundles: preload, trainer, reader, prepare, renderer. */
  bundles: string;
  doors: Doors;
  log: (sentence: string) => void;
}

export interface Studio {
  begin: Asks['begin'];
  open: Asks['open'];
  /** The user wants to leave. */
  quit: () => void;
  /** Says to every window what nobody asked for. */
  tellProblem: (sentence: string) => void;
}

export function createStudio(options: StudioOptions): Studio {
  const { electron, home, bundles } = options;
  const { app } = electron;
  const platform = platformOf(process.platform);
  const assets = assetsFolder(bundles);
  const mirror = process.env.NETLOOM_MIRROR || null;
  const problems: string[] = [];

  const settings = createSettingsDesk(diskFiles, home, (changed) => {
    electron.nativeTheme.themeSource = changed.theme;
    windows.tellAll('settings', changed);
  });
  electron.nativeTheme.themeSource = settings.now().theme;
  const texts = (): Texts => textsFor(settings.now().language, app.getLocale());
  const dialogs = createDialogs(electron.dialog, texts);
  const windows: WindowDesk = makeWindows(options, assets, dialogs, {
    handlers: (window) => handlersOf(window, context),
    onDrop: (window, paths) => asks.dropped(window, paths),
    onClose: (window) => void context.closing.close(window),
    onClosed(window) {
      context.documents.forget(window);
      context.watch.refresh();
      context.closing.gone(window);
    },
  });
  const tellProblem = (message: string): void => windows.tellAll('problem', { message });
  const runs = watchRuns(home, () => windows.tellAll('runsChanged', {}));
  const workers = createWorkers({
    ...{ forks: electron.utilityProcess, bundles, home, mirror },
    tell: {
      training: (run, event) => windows.tellAll('training', { run, event }),
      frame: (run, frame) => windows.tellAll('frame', { run, frame }),
      runsChanged: runs.changed,
      installation: (event) => windows.tellAll('installation', event),
      problem: tellProblem,
    },
  });
  const recent = openRecentFiles(
    diskFiles,
    home,
    () => windows.tellAll('recent', { recent: recent.list() }),
    tellProblem,
  );
  const documents = createDocumentDesk({ home, openWindow: windows.open, onOpened: recent.add });
  const watch = watchFiles(documents);
  const journal = createJournalKeeper(home, tellProblem);
  const closing = createClosingDesk({
    windows: windows.all,
    answers: windows.answers,
    training: workers.training,
    onDecided(window) {
      const shown = documents.shownIn(window);
      if (shown) journal.keep(shown, null);
    },
    onBackground: (began) => notify(electron, texts(), began),
    leave: () => leave(app, workers),
    staysWithoutWindows: platform === 'darwin',
  });
  const samples = sampleDesigns(assets);
  const context: StudioContext = {
    ...{ home, assets, mirror, settings, recent, documents, journal, watch, closing, samples, ...workers },
    facts: { platform, systemLanguage: app.getLocale(), versions: versionsOf(bundles) },
    system: systemServices(electron, dialogs, windows.browserOf, platform),
    takeProblems: () => problems.splice(0),
    runs,
    openWindow: windows.open,
  };
  const asks = createAsks({ documents, watch, samples, openWindow: windows.open, ...windows });
  return {
    begin(asked) {
      problems.push(...[settings.problem, recent.problem].flatMap((problem) => problem ?? []));
      problems.push(...asks.begin(asked));
      return problems;
    },
    open: asks.open,
    quit: () => void closing.quit(),
    tellProblem,
  };
}

function makeWindows(
  { electron, home, bundles, doors, log }: StudioOptions,
  assets: string,
  dialogs: ReturnType<typeof createDialogs>,
  hooks: Pick<Parameters<typeof createWindowDesk>[0], 'handlers' | 'onDrop' | 'onClose' | 'onClosed'>,
): WindowDesk {
  const icon = join(assets, 'icons', 'icon.png');
  return createWindowDesk({
    ...{ electron, home, doors, dialogs, log, ...hooks },
    preload: join(bundles, 'preload.cjs'),
    icon: existsSync(icon) ? icon : undefined,
    developerTools: !electron.app.isPackaged || process.env.NETLOOM_DEVTOOLS === '1',
  });
}

function handlersOf(window: StudioWindow, context: StudioContext): Handlers<StudioContract> {
  return {
    ...documentHandlers(window, context),
    ...windowHandlers(window, context),
    ...dataHandlers(window, context),
    ...trainingHandlers(window, context),
    ...runHandlers(context),
    ...exportHandlers(window, context),
    ...engineHandlers(context),
  };
}

/** An installation that goes on would be one that nobody sees; what it downloaded is kept. */
function leave(app: typeof Electron.app, { engines }: Workers): void {
  engines.end();
  app.exit(0);
}

/** Systems other than these three behave as Linux does. */
function platformOf(platform: string): 'linux' | 'win32' | 'darwin' {
  return platform === 'win32' || platform === 'darwin' ? platform : 'linux';
}

function versionsOf(bundles: string): StudioContext['facts']['versions'] {
  const { electron = '', chrome: chromium = '', node } = process.versions;
  return { netloom: netloomVersion(bundles), electron, chromium, node };
}

/** Where the desktop shows such things. */
function notify({ Notification }: Pick<typeof Electron, 'Notification'>, texts: Texts, began: boolean): void {
  if (!Notification.isSupported()) return;
  const { background, backgroundDetail, backgroundEnded } = texts;
  new Notification(began ? { title: background, body: backgroundDetail } : { title: backgroundEnded }).show();
}
