/** What a page may not do, each refused when it is tried against stand-ins for Electron's pieces. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hardenApp, hardenContents, isOurs, windowPreferences } from '../../../electron/main/security';

class Contents extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  setWindowOpenHandler(handler: Contents['openHandler']): void {
    this.openHandler = handler;
  }
  /** Whether what is tried was prevented. */
  refuses(name: string, url?: string, newForm = false): boolean {
    let prevented = false;
    const event = { preventDefault: () => (prevented = true), ...(newForm && { url }) };
    this.emit(name, event, newForm ? undefined : url);
    return prevented;
  }
}

function hardened(): { contents: Contents; refused: string[] } {
  const contents = new Contents();
  const refused: string[] = [];
  hardenContents(contents as never, (what) => refused.push(what));
  return { contents, refused };
}

function standInApp(onRefused: (what: string) => void, calls: string[] = []): EventEmitter {
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: () => calls.push('sandbox'),
    commandLine: { appendSwitch: (name: string) => calls.push(name) },
  });
  hardenApp(app as never, onRefused);
  return app;
}

describe('a page', () => {
  it.each(['will-navigate', 'will-redirect'])('goes nowhere else (%s), in both forms of the event', (name) => {
    for (const newForm of [false, true]) {
      const { contents, refused } = hardened();
      for (const url of ['https://example.com/', 'file:///etc/passwd', 'netloom://app/other.html', 'javascript:1']) {
        expect(contents.refuses(name, url, newForm)).toBe(true);
      }
      expect(refused).toHaveLength(4);
      // Loading itself again is how it comes back after a crash.
      expect(contents.refuses(name, 'netloom://app/index.html', newForm)).toBe(false);
    }
  });

  it('opens no window and holds no webview', () => {
    const { contents, refused } = hardened();
    expect(contents.openHandler({ url: 'netloom://app/index.html' })).toEqual({ action: 'deny' });
    expect(contents.refuses('will-attach-webview')).toBe(true);
    expect(refused).toHaveLength(2);
  });

  it('lives in the sandbox, isolated, without Node, without developer tools unless asked for', () => {
    const preferences = windowPreferences('/preload.cjs', false);
    expect(preferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, devTools: false },
      ...{ nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webviewTag: false },
      ...{ allowRunningInsecureContent: false, experimentalFeatures: false },
    });
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
    expect(windowPreferences('/preload.cjs', true).devTools).toBe(true);
  });
});

describe('a session', () => {
  it('grants no permission and no device, downloads nothing but its own pictures, and sends nothing out', () => {
    const set: Record<string, (...words: never[]) => unknown> = {};
    const keep =
      (name: string) =>
      (handler: (...words: never[]) => unknown): void =>
        void (set[name] = handler);
    const events = new EventEmitter();
    const refused: string[] = [];
    const session = Object.assign(events, {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setSpellCheckerEnabled: (on: boolean) => expect(on).toBe(false),
      setSpellCheckerLanguages: (languages: string[]) => expect(languages).toEqual([]),
      webRequest: { onBeforeRequest: keep('before') },
    });
    standInApp((what) => refused.push(what)).emit('session-created', session);
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'fullscreen']) {
      let granted: boolean | null = null;
      (set.request as (...words: unknown[]) => void)({}, permission, (answer: boolean) => (granted = answer));
      expect(granted).toBe(false);
    }
    expect((set.check as () => boolean)()).toBe(false);
    expect((set.device as () => boolean)()).toBe(false);
    const downloads = (address: string, type: string): boolean => {
      let prevented = false;
      const item = { getURL: () => address, getMimeType: () => type };
      events.emit('will-download', { preventDefault: () => (prevented = true) }, item);
      return !prevented;
    };
    expect(downloads('blob:netloom://app/1', 'image/png')).toBe(true);
    expect(downloads('blob:netloom://app/1', 'image/svg+xml;charset=utf-8')).toBe(true);
    expect(downloads('blob:netloom://app/1', 'application/x-sh')).toBe(false);
    expect(downloads('blob:netloom://apple/1', 'image/png')).toBe(false);
    expect(downloads('https://example.com/a.png', 'image/png')).toBe(false);
    expect(downloads('netloom://app/index.html', 'text/html')).toBe(false);
    const cancelled = (url: string): boolean => {
      let answer = { cancel: false };
      (set.before as (...words: unknown[]) => void)({ url }, (decided: typeof answer) => (answer = decided));
      return answer.cancel;
    };
    expect(['https://example.com/', 'file:///etc/passwd', 'ws://x/', 'netloom://app.evil/'].map(cancelled)).toEqual([
      ...[true, true, true, true],
    ]);
    expect(['netloom://app/index.html', 'blob:netloom://app/1', 'data:,x'].map(cancelled)).toEqual([
      ...[false, false, false],
    ]);
    expect(refused.length).toBe(8);
  });

  it('knows its own addresses by their beginning and end', () => {
    expect(isOurs('netloom://app')).toBe(false);
    expect(isOurs('netloom://apple/index.html')).toBe(false);
    expect(isOurs('netloom://app/index.html')).toBe(true);
  });
});

describe('the app', () => {
  it('shuts every renderer in, sends Chromium on no errands, and trusts no wrong certificate', () => {
    const calls: string[] = [];
    const app = standInApp(() => undefined, calls);
    expect(calls).toContain('sandbox');
    expect(calls).toContain('disable-background-networking');
    let trusted: boolean | null = null;
    app.emit('certificate-error', { preventDefault: () => undefined }, {}, '', '', {}, (answer: boolean) => {
      trusted = answer;
    });
    expect(trusted).toBe(false);
    const contents = new Contents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.refuses('will-navigate', 'https://example.com/')).toBe(true);
  });
});
