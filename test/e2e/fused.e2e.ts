/**
 * What users get: the build whose fuses are set. Nothing can drive it from inside, so it is looked at from outside: its
 * switches in the file, the picture on its display, what it does with what an attacker would try.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, describe, expect, it } from 'vitest';
import { kill } from '../drivers/killing';
import { writeSettings } from './support/launch';
import { isRunning, processState } from './support/processes';
import { readScreen } from './support/screenPicture';
import { appEnvironment, freshFolder, ownFile, stage } from './support/stage';
import { until } from './support/waiting';

const { fused } = stage;
let child: ChildProcess | null = null;

function start(
  args: readonly string[],
  env: Record<string, string> = {},
): { process: ChildProcess; said: () => string } {
  const home = freshFolder('fused-home');
  writeSettings(home, { theme: 'light', language: 'en' });
  const started = spawn(fused.executable, args, {
    cwd: home,
    env: appEnvironment(home, fused.display, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child = started;
  return { process: started, said: () => said };
}

afterEach(async () => {
  const id = child?.pid;
  child = null;
  if (id === undefined || !isRunning(id)) return;
  kill(-id);
  await until('the end of the app', () => !isRunning(id));
  await until('an empty display', () => shown('hairline') === 0);
});

/** A colour of the theme as the number that the picture has. */
function themeColour(name: string): number {
  const theme = readFileSync(new URL('../../renderer/ui/theme.css', import.meta.url), 'utf8');
  const light = theme.slice(0, theme.indexOf("[data-theme='dark']"));
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(light)?.[1];
  if (hex === undefined) throw new Error(`the theme has no colour ${name}`);
  return Number.parseInt(hex, 16);
}

/** How many pixels of the display have this colour of the theme. */
const shown = (name: string): number => readScreen(fused.picture).colours.get(themeColour(name)) ?? 0;

/** Of the table of contents that an asar archive begins with. */
interface Entry {
  files?: Record<string, Entry>;
}

function filesOf({ files = {} }: Entry, folder = ''): string[] {
  return Object.entries(files).flatMap(([name, entry]) =>
    entry.files ? filesOf(entry, `${folder}${name}/`) : [`${folder}${name}`],
  );
}

/** The page has drawn itself: its surface, and the hairlines that only its own styles have. */
async function windowShown(): Promise<void> {
  await until('the surface of the window', () => shown('surface') > 50_000);
  await until('the hairlines of the page', () => shown('hairline') > 500);
}

describe('the build with fuses', () => {
  it('has every switch as it should be', async () => {
    const wire = await getCurrentFuseWire(fused.program);
    const state = (fuse: FuseV1Options): FuseState | undefined => wire[fuse];
    expect(state(FuseV1Options.RunAsNode)).toBe(FuseState.DISABLE);
    expect(state(FuseV1Options.EnableCookieEncryption)).toBe(FuseState.ENABLE);
    expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(FuseState.DISABLE);
    expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe(FuseState.DISABLE);
    expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(FuseState.ENABLE);
    expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(FuseState.ENABLE);
  });

  it('carries what runs and nothing else', () => {
    const archive = readFileSync(join(dirname(fused.program), 'resources', 'app.asar'));
    const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as Entry;
    const files = filesOf(header);
    expect(Object.keys(header.files ?? {}).sort()).toEqual([
      'LICENSE',
      'assets',
      'dist',
      'node_modules',
      'package.json',
      'python',
    ]);
    expect(
      files.filter(
        (name) =>
          name.startsWith('python/') && !/^python\/(verify_exports|run_engine|(verify|engine)\/\w+)\.py$/.test(name),
      ),
    ).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['dist/main.cjs', 'dist/preload.cjs', 'dist/trainer.cjs', 'dist/prepare.cjs']),
    );
    expect(files.filter((name) => /\.(ts|tsx|map|md)$/.test(name) && !name.startsWith('assets/'))).toEqual([]);
    expect(archive.length).toBeLessThan(24 * 1024 * 1024);
  });

  it('draws a sample, shut in', async () => {
    const { process: app, said } = start(['--sample=digits-cnn']);
    await windowShown();
    await until('the cards of convolutions', () => shown('category-convolution') > 100);
    const state = processState(app.pid ?? 0);
    expect(state.userId).not.toBe(0);
    expect(state.commandLine.filter((word) => /no-sandbox/.test(word))).toEqual([]);
    expect(said()).not.toMatch(/Refused|Uncaught|UnhandledPromise/);
  });

  it('is no Node, takes no options of Node, and lets no debugger in', async () => {
    const trap = join(freshFolder('trap'), 'sprung');
    const script = ownFile(
      join(freshFolder('script'), 'trap.js'),
      `require('fs').writeFileSync(${JSON.stringify(trap)}, '');`,
    );
    const { process: app, said } = start(['--inspect=0', `--require=${script}`, script], {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require ${script}`,
    });
    await windowShown();
    expect(existsSync(trap)).toBe(false);
    expect(isRunning(app.pid ?? 0)).toBe(true);
    expect(said()).not.toMatch(/Debugger listening/);
  });
});
