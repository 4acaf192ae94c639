/** Points of Electron's security checklist that no running window can show: what the sources never say, and which Electron. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = ['electron', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|html)$/.test(name))
    .map((name) => join(folder, name)),
);

/** The files that say it. */
const saying = (pattern: RegExp): string[] => sources.filter((file) => pattern.test(read(file)));

describe('the sources', () => {
  it('9, 10, 15: switch on nothing of Chromium, and hand no address to the system', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(saying(/enableBlinkFeatures|experimentalFeatures: true|--?no-sandbox/)).toEqual([]);
    expect(saying(/openExternal/)).toEqual([]);
  });

  it('7: evaluate no text', () => {
    // PyTorch's `model.eval()` stands in code that is written, not run here.
    expect(saying(/(?<!model\.)\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=/)).toEqual([]);
  });

  it('11, 12, 20: hold no webview, and give Electron to the page by the bridge alone', () => {
    expect(saying(/<webview|webviewTag: true/)).toEqual([]);
    expect(saying(/contextBridge/)).toEqual(['electron/preload/preload.ts']);
    expect(saying(/from 'electron'/).filter((file) => file.startsWith('renderer'))).toEqual([]);
  });
});

describe('the version of Electron', () => {
  it('16: is one exact version, of a line that still gets fixes, and the one that is packed', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    const version = devDependencies.electron ?? '';
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const { version: locked } = (JSON.parse(read('package-lock.json')) as Lock).packages['node_modules/electron'] ?? {};
    expect(locked).toBe(version);
    // The runtime of the tests is older by twenty versions, and gets no fixes: it must never be packed for users.
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(45);
    expect(read('electron-builder.yml')).not.toMatch(/electronVersion|electronDist|electronDownload/);
  });
});

interface Lock {
  packages: Record<string, { version: string }>;
}
