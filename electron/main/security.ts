/** What a window's page may never do, whatever gets into it: ask for devices, go elsewhere, open windows, use the network. */
import type { App, DownloadItem, Session, WebContents, WebPreferences } from 'electron';
import { origin, startPage } from './protocol';
import { navigationTarget } from './runtime';

/** Chromium's own errands would be network traffic that nobody asked for. */
const errands = ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'no-pings'];

/** Before `ready`. */
export function hardenApp(app: App, onRefused: (what: string) => void): void {
  app.enableSandbox();
  for (const errand of errands) app.commandLine.appendSwitch(errand);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, onRefused));
  // The one that our windows live in, and any other that something might make.
  app.on('session-created', (session) => hardenSession(session, onRefused));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
}

export function hardenContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  onRefused: (what: string) => void,
): void {
  contents.setWindowOpenHandler(({ url }) => {
    onRefused(`a new window for ${url}`);
    return { action: 'deny' };
  });
  const refuseNavigation = (event: Electron.Event & Partial<{ url: string }>, url: unknown): void => {
    const target = navigationTarget(event, url);
    if (target === startPage) return;
    event.preventDefault();
    onRefused(`a navigation to ${target}`);
  };
  contents.on('will-navigate', refuseNavigation);
  contents.on('will-redirect', refuseNavigation);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    onRefused('a webview');
  });
}

/** No permission is granted, and no request leaves for anywhere but our own pages. */
function hardenSession(session: Session, onRefused: (what: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, grant) => {
    onRefused(`the permission ${permission}`);
    grant(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  // Without languages: else every new session fetches the dictionary of the system's one.
  session.setSpellCheckerLanguages([]);
  session.on('will-download', (event, item) => {
    if (!isOwnPicture(item)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const allowed = isOurs(url);
    if (!allowed) onRefused(`a request to ${url}`);
    decide({ cancel: !allowed });
  });
}

/** A plot that the user saves: drawn by our own page, and written only where the system's dialog is told to. */
function isOwnPicture(item: Pick<DownloadItem, 'getURL' | 'getMimeType'>): boolean {
  return item.getURL().startsWith(`blob:${origin}/`) && /^image\/(png|svg\+xml)\b/.test(item.getMimeType());
}

export function isOurs(url: string): boolean {
  return url.startsWith(`${origin}/`) || /^(devtools|blob|data):/.test(url);
}

/** Of every window. `developerTools`: not in the packaged app unless asked for. */
export function windowPreferences(preload: string, developerTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    enableWebSQL: false,
    devTools: developerTools,
  };
}
