/** What a window asks about code: a folder that the user names, nothing of somebody else's touched, and only its own shown. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportHandlers } from '../../../electron/main/handlers/exportHandlers';
import type { StudioContext } from '../../../electron/main/studioContext';
import { exporterHere } from '../../drivers/exporterHere';
import { fakeWindow } from '../../drivers/fakeWindow';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';

type Exporting = ReturnType<typeof exportHandlers>;

interface Story {
  home: string;
  ask: Exporting;
  /** What the dialog suggested, each time that it was shown. */
  suggested: string[];
  shown: string[];
  export: (where: 'ask' | 'again' | 'replace', target?: 'pytorch' | 'keras') => ReturnType<Exporting['exportCode']>;
}

/** The user answers the dialog with `folders`, one after the other; null: cancelled. */
function story(folders: (string | null)[], home = temporaryHome()): Story {
  const suggested: string[] = [];
  const shown: string[] = [];
  const context = {
    ...{ home, mirror: null, exporter: exporterHere() },
    documents: { shownIn: () => null },
    system: {
      chooseExport: (_window: unknown, name: string) => {
        suggested.push(name);
        const folder = folders.shift() ?? null;
        return Promise.resolve(folder && join(home, folder));
      },
      showFolder: (file: string) => void shown.push(file),
    },
  } as unknown as StudioContext;
  const ask = exportHandlers(fakeWindow(), context);
  return {
    ...{ home, ask, suggested, shown },
    export: (where, target = 'pytorch') =>
      ask.exportCode({ key: 'k', design: smallDesign(), target, opset: 18, run: null, where }),
  };
}

describe('writing code from a window', () => {
  it('asks for a folder once, suggests a name, and writes there again unasked', async () => {
    const { home, suggested, export: write } = story(['net']);
    expect(await write('ask')).toMatchObject({ outcome: 'exported', folder: join(home, 'net'), leftOut: null });
    expect(suggested).toEqual(['A small design-pytorch']);
    expect(existsSync(join(home, 'net', 'model.py'))).toBe(true);
    expect(await write('again')).toMatchObject({ outcome: 'exported', folder: join(home, 'net') });
    expect(suggested).toHaveLength(1);
  });

  it('does nothing when the user cancels', async () => {
    const { export: write } = story([null]);
    expect(await write('ask')).toEqual({ outcome: 'cancelled' });
  });

  it('leaves a folder alone that has something else in it, until the user says so', async () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'mine'));
    writeFileSync(join(home, 'mine', 'model.py'), 'mine');
    const { export: write } = story(['mine'], home);
    expect(await write('ask')).toMatchObject({
      outcome: 'taken',
      message: expect.stringContaining('model.py') as string,
    });
    expect(readFileSync(join(home, 'mine', 'model.py'), 'utf8')).toBe('mine');
    expect(await write('replace')).toMatchObject({ outcome: 'exported' });
    expect(readFileSync(join(home, 'mine', 'model.py'), 'utf8')).toContain('torch');
  });

  it('replaces nothing that was not asked about: without a folder before, the dialog comes and what is there stays', async () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'mine'));
    writeFileSync(join(home, 'mine', 'model.py'), 'mine');
    const { export: write } = story(['mine'], home);
    expect(await write('replace')).toMatchObject({ outcome: 'taken' });
    expect(readFileSync(join(home, 'mine', 'model.py'), 'utf8')).toBe('mine');
  });
});

describe('the folder of the last export', () => {
  it('is shown, and nothing else: before there is one, that is said', async () => {
    const { home, ask, shown, export: write } = story(['net']);
    expect(() => ask.showExport({})).toThrow(/Nothing was exported from this window yet/);
    await expect(Promise.resolve().then(() => ask.verifyExport({}))).rejects.toThrow(/save the code first/);
    await write('ask');
    await ask.showExport({});
    expect(shown).toEqual([join(home, 'net', 'README.md')]);
  });
});
