/** The main process: puts everything together once, then windows and trainers do the rest. */
import * as electron from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { netloomHome } from '../files/home';
import { bindIpc } from './bindIpc';
import { fileAnswerer, scheme } from './protocol';
import { schemePrivileges, serveScheme } from './runtime';
import { hardenApp } from './security';
import { startArguments, startArgumentsSchema } from './startArguments';
import { createStudio } from './studio';

const { app, ipcMain, protocol } = electron;

/** What was refused is said where a developer looks; a page that was broken into must not fill a disk. */
function log(sentence: string): void {
  process.stderr.write(`${sentence.slice(0, 1000)}\n`);
}

// A terminal that was closed takes no words any more.
process.stderr.on('error', () => undefined);

const home = netloomHome();
mkdirSync(home, { recursive: true });
// Chromium keeps its caches and the lock of the one instance with everything else of this home.
app.setPath('userData', join(home, 'electron'));
app.setName('Netloom');
protocol.registerSchemesAsPrivileged([schemePrivileges(scheme)]);
hardenApp(app, (what) => log(`Refused: ${what}.`));

const words = process.argv.slice(process.defaultApp ? 2 : 1);
const asked = startArguments(words, process.cwd());

if (app.requestSingleInstanceLock(asked)) void app.whenReady().then(start);
else app.quit();

/** Files that the system asked to open before there was anything to open them. */
const early: string[] = [];
app.on('open-file', (event, file) => {
  event.preventDefault();
  early.push(file);
});

function start(): void {
  const bundles = __dirname;
  serveScheme(protocol, scheme, fileAnswerer(join(bundles, 'renderer')));
  const studio = createStudio({ electron, home, bundles, doors: bindIpc(ipcMain, log), log });
  app.removeAllListeners('open-file');
  app.on('open-file', (event, file) => {
    event.preventDefault();
    studio.open({ files: [file], sample: null });
  });
  // Electron would show a stack trace; the drawings are in their journals, and the windows go on.
  const unforeseen = (error: unknown): void => {
    const what = error instanceof Error ? error.message : String(error);
    log(error instanceof Error ? (error.stack ?? what) : what);
    studio.tellProblem(`Netloom met something it did not expect: ${what}. Save your drawings and start it again.`);
  };
  process.on('uncaughtException', unforeseen);
  process.on('unhandledRejection', unforeseen);
  app.on('second-instance', (_event, _words, _folder, data) => {
    const other = startArgumentsSchema.safeParse(data);
    studio.open(other.success ? other.data : { files: [], sample: null });
  });
  // Whatever wants the program to end asks the windows first, one after the other.
  app.on('before-quit', (event) => {
    event.preventDefault();
    studio.quit();
  });
  // The windows say when the program has nothing left to do.
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => studio.open({ files: [], sample: null }));
  studio.begin({ ...asked, files: [...early, ...asked.files] });
}
