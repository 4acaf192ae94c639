/** Starts the packed app as a user would, in a home of its own, and holds it to a clean record until it is closed. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect, type TestContext } from 'vitest';
import { kill } from '../../drivers/killing';
import { isRunning } from './processes';
import { appEnvironment, freshFolder, ownFile, stage } from './stage';
import { until } from './waiting';

export interface LaunchOptions {
  /** The folder NETLOOM_HOME of an earlier launch; a fresh one if left out. */
  home?: string;
  /** Files that the app is started with. */
  files?: readonly string[];
  /** A sample of the gallery that the app is started with, such as `digits-cnn`. */
  sample?: string;
  /** Of the window's content; 1440 x 900 if left out. */
  size?: { width: number; height: number };
  theme?: 'light' | 'dark';
  locale?: 'en' | 'zh-CN';
  /** Further settings, as in settings.json. */
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** Another than the packed app. */
  executable?: string;
  /** Errors that the story provokes and looks for itself. */
  allow?: readonly RegExp[];
}

export interface Studio {
  app: ElectronApplication;
  page: Page;
  home: string;
  /** What the windows and the main process complained about so far, CSP violations too. */
  errors: string[];
  /** The process id of the app itself. */
  processId: number;
  /** Ends the app at once and holds it to having complained about nothing. */
  close: () => Promise<void>;
  /** `kill -9` of the app with everything that belongs to it, as a power cut would. */
  kill: () => Promise<void>;
}

const running = new Set<Studio>();
const failures = fileURLToPath(new URL('../../../.cache/e2e-failures', import.meta.url));

export async function launch(options: LaunchOptions = {}): Promise<Studio> {
  const home = options.home ?? freshFolder('home');
  const { theme = 'light', locale = 'en' } = options;
  if (!options.home) writeSettings(home, { theme, language: locale, ...options.settings });
  const app = await _electron.launch({
    executablePath: options.executable ?? stage.executable,
    args: [...(options.sample ? [`--sample=${options.sample}`] : []), ...(options.files ?? [])],
    env: appEnvironment(home, stage.display, options.env),
    cwd: home,
    // Not an option of the app: it keeps Playwright from switching the sandbox off.
    chromiumSandbox: true,
  });
  const errors: string[] = [];
  const record = recorder(errors, options.allow ?? []);
  listenToMain(app, record);
  app.on('window', (page) => void listenToWindow(page, record));
  const page = await app.firstWindow();
  await listenToWindow(page, record);
  const processId = app.process().pid ?? 0;
  const studio: Studio = {
    app,
    page,
    home,
    errors,
    processId,
    kill: () => end(studio),
    async close() {
      // What the window has just said is on its way: one question to it comes back after that.
      if (!page.isClosed()) await page.evaluate(() => undefined).catch(() => undefined);
      await end(studio);
      expect(errors, 'complaints of the app').toEqual([]);
    },
  };
  running.add(studio);
  await resize(studio, options.size ?? { width: 1440, height: 900 });
  // Keys and drops that come before the page has drawn itself would be lost.
  await page.locator('[data-start]').waitFor();
  return studio;
}

/** `afterEach(endAll)`: whatever a story left running goes; of one that failed, what was to be seen is kept. */
export async function endAll({ task }: TestContext): Promise<void> {
  for (const studio of [...running]) {
    if (task.result?.state === 'fail') await keepEvidence(studio, task.name);
    await end(studio);
  }
}

async function keepEvidence({ page, errors }: Studio, story: string): Promise<void> {
  const path = join(failures, `${story.replace(/\W+/g, '-')}.png`);
  const taken = await page.screenshot({ path, timeout: 5000 }).then(
    () => true,
    () => false,
  );
  console.log(`${taken ? `What was on the screen: ${path}` : 'The window could not be seen any more.'}`);
  if (errors.length > 0) console.log(`The app complained:\n${errors.join('\n')}`);
}

export function writeSettings(home: string, settings: Record<string, unknown>): void {
  ownFile(join(home, 'settings.json'), `${JSON.stringify(settings)}\n`);
}

export async function resize({ app, page }: Studio, size: { width: number; height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.unmaximize();
    window?.setPosition(0, 0);
    window?.setContentSize(width, height);
  }, size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
}

function recorder(errors: string[], allow: readonly RegExp[]): (complaint: string) => void {
  return (complaint) => {
    if (!allow.some((pattern) => pattern.test(complaint))) errors.push(complaint);
  };
}

const heard = new WeakSet<Page>();

/** Console errors (Chromium reports CSP violations there), warnings of CSP, uncaught exceptions, crashes: from the first on. */
async function listenToWindow(page: Page, record: (complaint: string) => void): Promise<void> {
  if (heard.has(page)) return;
  heard.add(page);
  const seen = new WeakSet<object>();
  const listen = (message: { type: () => string; text: () => string }): void => {
    if (seen.has(message)) return;
    seen.add(message);
    const text = message.text();
    if (message.type() === 'error' || /Content Security Policy/i.test(text)) record(`console: ${text}`);
  };
  page.on('console', listen);
  page.on('pageerror', (error) => record(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => record('the window crashed'));
  for (const message of await page.consoleMessages().catch(() => [])) listen(message);
  for (const error of await page.pageErrors().catch(() => [])) record(`uncaught: ${error.stack ?? error.message}`);
}

/** What the main process writes where a developer looks; Chromium's own remarks begin with `[`. */
function listenToMain(app: ElectronApplication, record: (complaint: string) => void): void {
  let rest = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => isComplaint(text))) record(`main: ${line}`);
  });
}

function isComplaint(line: string): boolean {
  if (/^(\[\d+:|Debugger|For help, see|DevTools listening|Waiting for the debugger)/.test(line)) return false;
  return line.trim() !== '';
}

async function end(studio: Studio): Promise<void> {
  running.delete(studio);
  const { processId, app } = studio;
  const closed = new Promise<void>((resolve) => app.once('close', () => resolve()));
  if (!isRunning(processId)) return;
  // Playwright starts it as the leader of a group: everything that belongs to it goes with it.
  kill(-processId);
  await closed;
  await until('the end of the app', () => !isRunning(processId));
}
