/** What a start of the program opens, and the small things around a window: words, menus, silence of folders. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createDocumentDesk } from '../../../electron/main/documentDesk';
import { menuTemplate } from '../../../electron/main/menuTemplate';
import { createAsks } from '../../../electron/main/openAsked';
import { startArguments } from '../../../electron/main/startArguments';
import { textsFor } from '../../../electron/main/texts';
import { watchRuns } from '../../../electron/main/watchRuns';
import { fakeWindow, type FakeWindow } from '../../drivers/fakeWindow';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';

function asks(home: string) {
  const windows: FakeWindow[] = [];
  const openWindow = (): FakeWindow => {
    const window = fakeWindow();
    windows.push(window);
    return window;
  };
  const documents = createDocumentDesk({ home, openWindow, onOpened: () => undefined });
  const made = createAsks({
    documents,
    openWindow,
    watch: { refresh: () => undefined },
    samples: [{ id: 'small', design: smallDesign() }],
    focusAny: () => windows[windows.length - 1] ?? null,
    answers: () => true,
  });
  return { asks: made, windows, documents };
}

describe('a start', () => {
  it('takes files and a sample from the command line, and no flag for a file', () => {
    const words = ['--inspect=0', 'a.netloom', '/b.netloom', '--sample=digits-cnn', '-x', ''];
    expect(startArguments(words, '/home/me')).toEqual({
      files: ['/home/me/a.netloom', '/b.netloom'],
      sample: 'digits-cnn',
    });
  });

  it('without anything opens one empty window; with a sample one that shows it, without a file', () => {
    const empty = asks(temporaryHome());
    expect(empty.asks.begin({ files: [], sample: null })).toEqual([]);
    expect(empty.windows).toHaveLength(1);
    expect(empty.documents.shownIn(empty.windows[0] as FakeWindow)).toBeNull();
    const sample = asks(temporaryHome());
    sample.asks.begin({ files: [], sample: 'small' });
    expect(sample.documents.shownIn(sample.windows[0] as FakeWindow)).toMatchObject({ origin: 'sample', file: null });
  });

  it('with files opens a window each; one that is no design is said in a window all the same', () => {
    const home = temporaryHome();
    const good = join(home, 'good.netloom');
    const bad = join(home, 'bad.netloom');
    writeFileSync(good, JSON.stringify(smallDesign()));
    writeFileSync(bad, 'hello');
    const both = asks(home);
    expect(both.asks.begin({ files: [good, bad], sample: null })).toHaveLength(1);
    expect(both.windows).toHaveLength(1);
    const only = asks(home);
    const problems = only.asks.begin({ files: [bad], sample: null });
    expect(problems.join()).toContain('bad.netloom');
    expect(only.windows).toHaveLength(1);
  });

  it('a second time hands its file to the window that is there, which hears of it', () => {
    const home = temporaryHome();
    const file = join(home, 'a.netloom');
    writeFileSync(file, JSON.stringify(smallDesign()));
    const { asks: first, windows } = asks(home);
    first.begin({ files: [], sample: null });
    first.open({ files: [file], sample: null });
    expect(windows).toHaveLength(1);
    expect(windows[0]?.told).toMatchObject([{ name: 'opened', payload: { outcome: 'opened', document: { file } } }]);
    first.dropped(windows[0] as FakeWindow, [join(home, 'none.netloom')]);
    expect(windows[0]?.told[1]).toMatchObject({ name: 'opened', payload: { outcome: 'refused' } });
  });
});

describe('words of the system', () => {
  it('are Chinese where the settings or the system say so', () => {
    expect(textsFor('system', 'zh-CN').reload).toBe('重新加载');
    expect(textsFor('system', 'de').reload).toBe('Load again');
    expect(textsFor('en', 'zh-CN').reload).toBe('Load again');
    expect(textsFor('zh-CN', 'en-US').reload).toBe('重新加载');
  });
});

describe('menus', () => {
  it('show what the window says, and tell it what was chosen', () => {
    const chosen: string[] = [];
    const item = { action: 'save', title: 'Save', accelerator: 'Cmd+S', enabled: true, checked: null };
    const line = { action: null, title: '', accelerator: null, enabled: true, checked: null };
    const [own, file] = menuTemplate([{ title: 'File', items: [item, line] }], (action) => chosen.push(action));
    expect(own).toEqual({ role: 'appMenu' });
    const [save, separator] = file?.submenu as { type?: string; click?: () => void; registerAccelerator?: boolean }[];
    save?.click?.();
    expect(chosen).toEqual(['save']);
    expect(save?.registerAccelerator).toBe(false);
    expect(separator).toEqual({ type: 'separator' });
  });
});

describe('the folder of runs', () => {
  const patience = { timeout: 30_000 };

  it('tells of many changes once, and survives being taken away', async () => {
    const home = temporaryHome();
    let changes = 0;
    const watch = watchRuns(home, () => (changes += 1));
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));
    for (let run = 0; run < 20; run += 1) mkdirSync(join(home, 'runs', `run-${run}`));
    await vi.waitUntil(() => changes > 0, patience);
    await settle();
    expect(changes).toBe(1);
    rmSync(join(home, 'runs'), { recursive: true });
    await settle();
    watch.changed();
    await settle();
    mkdirSync(join(home, 'runs', 'later'), { recursive: true });
    await vi.waitUntil(() => changes >= 2, patience);
    watch.close();
  });
});
