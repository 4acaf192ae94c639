/** 4, 8 to 10, 12, 16: how the processes of the program run, read from the system and from Electron, not from our own code. */
import type * as Dns from 'node:dns';
import { readFileSync } from 'node:fs';
import type * as Net from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './support/bridge';
import { endAll, launch, type Studio } from './support/launch';
import { helperProcess, internetSockets, isRunning, processState, windowProcess } from './support/processes';
import { freshFolder } from './support/stage';
import { train } from './support/train';
import { until } from './support/waiting';

afterEach(endAll);

describe('the processes', () => {
  it('4: the window is shut in, and no process runs with the sandbox switched off, also while a network is trained', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    await studio.page.locator('[data-start]').waitFor();
    await train(studio, 100_000);
    const trainer = processState(await helperProcess(studio.app, 'trainer'));
    const window = processState(await windowProcess(studio.app));
    expect(window).toMatchObject({ seccomp: 2, noNewPrivileges: true });
    expect(window.userId).not.toBe(0);
    expect(trainer.userId).toBe(window.userId);
    const all = await studio.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
    expect(all.length).toBeGreaterThanOrEqual(5);
    for (const id of all) {
      const { commandLine, userId } = processState(id);
      expect(commandLine.join(' ')).not.toMatch(/--no-sandbox|--disable-(gpu|setuid|namespace|seccomp)\S*-sandbox/);
      expect(userId).toBe(window.userId);
    }
    await studio.close();
  });

  it('2, 3, 6, 8, 9, 10, 12: Electron itself says how the window is set', async () => {
    const studio = await launch();
    const said = await studio.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(said).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false },
      ...{ webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false },
    });
    expect(said.enableBlinkFeatures ?? '').toBe('');
    await studio.close();
  });

  it('open developer tools only for those who ask for them by name', async () => {
    const isOpen = ({ app }: Studio): Promise<boolean> =>
      app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents?.isDevToolsOpened() !== true) contents?.openDevTools({ mode: 'detach' });
        return contents?.isDevToolsOpened() ?? false;
      });
    const asking = await launch({ env: { NETLOOM_DEVTOOLS: '1' } });
    const begin = Date.now();
    await until('the developer tools', () => isOpen(asking));
    const took = Date.now() - begin;
    await asking.kill();
    const studio = await launch();
    await studio.page.keyboard.press('Control+Shift+I');
    await studio.page.keyboard.press('F12');
    // Twice as long as it takes where they open.
    const end = Date.now() + 2 * took;
    await until('a while', async () => {
      expect(await isOpen(studio)).toBe(false);
      return Date.now() > end;
    });
    await studio.close();
  });
});

/** What Chromium itself notes about its network, by kind; each kind must be one that it knows. */
function noted(log: string, kinds: readonly string[]): string[] {
  const { constants, events } = JSON.parse(readFileSync(log, 'utf8')) as {
    constants: { logEventTypes: Record<string, number> };
    events: { type: number; params?: unknown }[];
  };
  expect(Object.keys(constants.logEventTypes)).toEqual(expect.arrayContaining([...kinds]));
  const numbers = new Set(kinds.map((kind) => constants.logEventTypes[kind]));
  expect(events.length).toBeGreaterThan(0);
  return events.filter(({ type }) => numbers.has(type)).map((event) => JSON.stringify(event));
}

describe('the network', () => {
  it('1: is not used at all in a session that draws, trains and ends: no name looked up, no socket opened', async () => {
    const log = join(freshFolder('network'), 'chromium.json');
    const studio = await launch({ sample: 'xor-mlp', files: [`--log-net-log=${log}`] });
    const { app, page } = studio;
    await page.locator('[data-start]').waitFor();
    await app.evaluate(() => {
      const net = process.mainModule?.require('node:net') as typeof Net;
      const dns = process.mainModule?.require('node:dns') as typeof Dns;
      const calls: string[] = [];
      Object.assign(globalThis, { calls });
      const note = (holder: object, name: string): void => {
        const original = Reflect.get(holder, name) as (...words: unknown[]) => unknown;
        Reflect.set(holder, name, function (this: unknown, ...words: unknown[]) {
          calls.push(`${name} ${JSON.stringify(words[0])}`);
          return original.apply(this, words);
        });
      };
      note(net.Socket.prototype, 'connect');
      note(dns, 'lookup');
    });
    await train(studio, 3000);
    const helpers = [await helperProcess(app, 'trainer'), await helperProcess(app, 'reader')];
    expect(helpers.flatMap((id) => internetSockets(id))).toEqual([]);
    await ask(page, 'stop', {});
    await until('the end of the run', async () => {
      const { value } = await ask(page, 'runs', {});
      return /"(stopped|finished)"/.test(JSON.stringify(value));
    });
    expect(await app.evaluate(() => Reflect.get(globalThis, 'calls') as string[])).toEqual([]);
    expect(internetSockets(await helperProcess(app, 'reader'))).toEqual([]);
    const processId = studio.processId;
    void app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
    await until('the end of the program', () => !isRunning(processId));
    const kinds = [
      'URL_REQUEST_START_JOB',
      'HOST_RESOLVER_MANAGER_REQUEST',
      'SOCKET_ALIVE',
      'TCP_CONNECT',
      'UDP_CONNECT',
    ];
    expect(noted(log, kinds)).toEqual([]);
    await studio.close();
  });
});
