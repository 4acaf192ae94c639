/** Documents from opening to a crash and back: one window a file, nothing lost, every conflict said. */
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createDocumentDesk, type DocumentDesk } from '../../../electron/main/documentDesk';
import { watchFiles } from '../../../electron/main/fileWatch';
import { createJournalKeeper } from '../../../electron/main/journalKeeper';
import { saveDocument } from '../../../electron/main/saveDocument';
import type { ShownDocument } from '../../../electron/main/shownDocument';
import { diskFiles, type FileSystem } from '../../../electron/files/fileSystem';
import type { Json } from '../../../shared/messages/define';
import { fakeWindow, type FakeWindow } from '../../drivers/fakeWindow';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';

interface Story {
  home: string;
  desk: DocumentDesk;
  opened: FakeWindow[];
  recent: [string, string][];
  write: (name: string, text?: string) => string;
  save: (window: FakeWindow, design: Json, how?: { as?: boolean; overwrite?: boolean; choose?: string }) => unknown;
}

function story(home = temporaryHome()): Story {
  const opened: FakeWindow[] = [];
  const recent: [string, string][] = [];
  const openWindow = (): FakeWindow => {
    const window = fakeWindow();
    opened.push(window);
    return window;
  };
  const desk = createDocumentDesk({ home, openWindow, onOpened: (...entry) => recent.push(entry) });
  return {
    ...{ home, desk, opened, recent },
    write(name, text = JSON.stringify(smallDesign())) {
      writeFileSync(join(home, name), text);
      return join(home, name);
    },
    save: (window, design, { as = false, overwrite = false, choose } = {}) =>
      saveDocument(
        shownIn(desk, window),
        { key: '', design, as, overwrite },
        {
          home,
          chooseTarget: () => Promise.resolve(choose ?? null),
          isShownElsewhere: (file) => desk.otherWindowOf(file, window) !== null,
          onSaved: (...entry) => recent.push(entry),
        },
      ),
  };
}

function shownIn(desk: DocumentDesk, window: FakeWindow): ShownDocument {
  const shown = desk.shownIn(window);
  if (!shown) throw new Error('the window shows nothing');
  return shown;
}

const renamed = (name: string): Json => ({ ...(smallDesign() as object), name });

describe('opening', () => {
  it('reuses a window that has nothing unsaved, and opens another beside one that has', () => {
    const { desk, opened, write, recent } = story();
    const window = fakeWindow();
    expect(desk.openFile(window, write('a.netloom'))).toMatchObject({
      outcome: 'opened',
      document: { origin: 'file' },
    });
    shownIn(desk, window).unsaved = true;
    const file = write('b.netloom');
    expect(desk.openFile(window, file)).toEqual({ outcome: 'elsewhere', file });
    expect(opened).toHaveLength(1);
    expect(desk.shownIn(opened[0] as FakeWindow)?.file).toBe(file);
    expect(recent.map(([name]) => name)).toEqual(['A small design', 'A small design']);
  });

  it('brings the window to the front that has the file already, by whatever path it is named', () => {
    const { desk, home, write } = story();
    const [first, second] = [fakeWindow(), fakeWindow()];
    const file = write('a.netloom');
    desk.openFile(first, file);
    symlinkSync(file, join(home, 'link.netloom'));
    for (const path of [file, join(home, 'x', '..', 'a.netloom'), join(home, 'link.netloom')]) {
      expect(desk.openFile(second, path)).toEqual({ outcome: 'elsewhere', file });
    }
    expect(first.focused).toBe(3);
    expect(desk.shownIn(second)).toBeNull();
  });

  it('refuses what is no design, each problem a sentence that names its place, and the window stays as it was', () => {
    const { desk, home, write } = story();
    const window = fakeWindow();
    desk.openFile(window, write('good.netloom'));
    mkdirSync(join(home, 'folder.netloom'));
    const two = write('two.netloom', '{"netloom": 1, "nodes": [{"id": "1"}, {"id": "a", "layer": 3}]}');
    const cases: [string, RegExp][] = [
      [write('text.netloom', 'hello'), /line 1, column 1/],
      [write('empty.netloom', ''), /empty/],
      [write('new.netloom', '{"netloom": 99}'), /version 99/],
      [join(home, 'none.netloom'), /does not exist/],
      [join(home, 'folder.netloom'), /is a folder/],
      [two, /line 1/],
    ];
    for (const [file, sentence] of cases) {
      const outcome = desk.openFile(window, file);
      expect(outcome).toMatchObject({ outcome: 'refused', file });
      if (outcome.outcome === 'refused') expect(outcome.problems.join('\n')).toMatch(sentence);
    }
    const both = desk.openFile(window, two);
    expect(both.outcome === 'refused' && both.problems.length).toBeGreaterThan(1);
    expect(desk.shownIn(window)?.file).toBe(join(home, 'good.netloom'));
  });
});

describe('saving', () => {
  it('asks for a file the first time, adds the extension, and remembers it', async () => {
    const { desk, home, save, recent } = story();
    const window = fakeWindow();
    desk.openCopy(window, smallDesign(), 'sample');
    expect(await save(window, renamed('Mine'))).toEqual({ outcome: 'cancelled' });
    expect(readdirSync(home)).toEqual([]);
    const file = join(home, 'mine.netloom');
    expect(await save(window, renamed('Mine'), { choose: join(home, 'mine') })).toEqual({ outcome: 'saved', file });
    expect(readFileSync(file, 'utf8')).toContain('"Mine"');
    expect(await save(window, renamed('Again'))).toEqual({ outcome: 'saved', file });
    expect(recent.map(([name]) => name)).toEqual(['Mine', 'Again']);
  });

  it('writes nothing over what somebody else wrote, until that is wished', async () => {
    const { desk, write, save } = story();
    const window = fakeWindow();
    const file = write('a.netloom');
    desk.openFile(window, file);
    write('a.netloom', 'their version');
    expect(await save(window, renamed('Mine'))).toEqual({ outcome: 'changedOnDisk', file });
    expect(readFileSync(file, 'utf8')).toBe('their version');
    expect(await save(window, renamed('Mine'), { overwrite: true })).toEqual({ outcome: 'saved', file });
    expect(await save(window, renamed('Later'))).toEqual({ outcome: 'saved', file });
    rmSync(file);
    expect(await save(window, renamed('Back'))).toEqual({ outcome: 'saved', file });
  });

  it('asks before a name that became another by its extension replaces a file, and writes there when told', async () => {
    const { desk, home, write, save } = story();
    const window = fakeWindow();
    desk.openCopy(window, smallDesign(), 'new');
    const file = write('taken.netloom', 'precious');
    const choose = join(home, 'taken');
    expect(await save(window, renamed('Mine'), { as: true, choose })).toEqual({ outcome: 'changedOnDisk', file });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(await save(window, renamed('Mine'), { overwrite: true })).toEqual({ outcome: 'saved', file });
    expect(shownIn(desk, window).file).toBe(file);
  });

  it('refuses the file of another window, a drawing that is none, and a folder that is gone, and keeps the old file', async () => {
    const { desk, home, write, save } = story();
    const [first, second] = [fakeWindow(), fakeWindow()];
    const file = write('a.netloom');
    desk.openFile(first, file);
    desk.openCopy(second, smallDesign(), 'new');
    await expect(save(second, renamed('x'), { as: true, choose: file })).rejects.toThrow('is open in another window');
    const before = readFileSync(file, 'utf8');
    await expect(save(first, { netloom: 1, nodes: [{}] })).rejects.toMatchObject({ code: 'design-invalid' });
    const nowhere = join(home, 'none', 'x.netloom');
    await expect(save(second, renamed('x'), { as: true, choose: nowhere })).rejects.toThrow(nowhere);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('a change on the disk', () => {
  it('is told to the window once, and not after its own saving', async () => {
    const { desk, write, save } = story();
    const window = fakeWindow();
    const file = write('a.netloom');
    desk.openFile(window, file);
    const watch = watchFiles(desk, 20);
    watch.refresh();
    const told = (): number => window.told.filter(({ name }) => name === 'fileChanged').length;
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));
    await save(window, renamed('Mine'));
    await settle();
    expect(told()).toBe(0);
    write('a.netloom', 'theirs');
    await vi.waitUntil(() => told() > 0, { timeout: 30_000 });
    await settle();
    expect(told()).toBe(1);
    // The same once more, as a synchronising program does: nothing new to say.
    write('a.netloom', 'theirs');
    await settle();
    expect(told()).toBe(1);
    desk.forget(window);
    watch.refresh();
    write('a.netloom', 'theirs again');
    await settle();
    expect(told()).toBe(1);
    watch.close();
  });
});

/** The journal of a process that is gone. */
function orphan(home: string, name: string): void {
  const file = join(home, 'journal', name);
  const entry = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...entry, owner: { pid: 999_999_999, started: null } }));
}

describe('after a crash', () => {
  it('brings every unsaved drawing back, unsaved, with its file, and only once', async () => {
    const before = story();
    const [drawn, edited] = [fakeWindow(), fakeWindow()];
    const file = before.write('a.netloom');
    before.desk.openCopy(drawn, smallDesign(), 'new');
    before.desk.openFile(edited, file);
    const journal = createJournalKeeper(before.home, () => undefined);
    journal.keep(shownIn(before.desk, drawn), renamed('Drawn'));
    journal.keep(shownIn(before.desk, edited), renamed('Edited'));
    const names = readdirSync(join(before.home, 'journal'));
    expect(names).toHaveLength(2);
    // While its process lives, a journal is nobody else's.
    expect(story(before.home).desk.recover()).toEqual({ windows: 0, problems: [] });
    names.forEach((name) => orphan(before.home, name));

    const after = story(before.home);
    expect(after.desk.recover()).toEqual({ windows: 2, problems: [] });
    const back = after.opened.map((window) => shownIn(after.desk, window));
    expect(back.map(({ design }) => (design as { name: string }).name)).toEqual(['Drawn', 'Edited']);
    expect(back.map((shown) => shown.file)).toEqual([null, file]);
    expect(back.every(({ unsaved, origin, recovered }) => unsaved && origin === 'recovered' && recovered)).toBe(true);
    expect(story(before.home).desk.recover().windows).toBe(0);

    // Somebody wrote the file between the crash and the recovery: that is a conflict as before the crash.
    before.write('a.netloom', 'theirs');
    const window = after.opened[1] as FakeWindow;
    expect(await after.save(window, renamed('Edited'))).toEqual({ outcome: 'changedOnDisk', file });
    await after.save(window, renamed('Edited'), { overwrite: true });
    expect(readdirSync(join(before.home, 'journal'))).toHaveLength(1);
  });

  it('sets a damaged journal aside and says so, and brings the others back', () => {
    const { home, desk } = story();
    const window = fakeWindow();
    desk.openCopy(window, smallDesign(), 'new');
    createJournalKeeper(home, () => undefined).keep(shownIn(desk, window), renamed('Drawn'));
    readdirSync(join(home, 'journal')).forEach((name) => orphan(home, name));
    writeFileSync(join(home, 'journal', 'abc.json'), '{"version": 1, "des');
    const { windows, problems } = story(home).desk.recover();
    expect(windows).toBe(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('was set aside as');
    expect(readFileSync(join(home, 'journal', 'abc.json.damaged'), 'utf8')).toBe('{"version": 1, "des');
    expect(story(home).desk.recover().problems).toEqual([]);
  });
});

describe('a journal', () => {
  it('that a full disk does not take is said once, keeps its last version, and is said again after it worked', () => {
    const { home, desk } = story();
    const window = fakeWindow();
    desk.openCopy(window, smallDesign(), 'new');
    const shown = shownIn(desk, window);
    let full = false;
    const files: FileSystem = {
      ...diskFiles,
      write(...given) {
        if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return diskFiles.write(...given);
      },
    };
    const said: string[] = [];
    const journal = createJournalKeeper(home, (sentence) => said.push(sentence), files);
    journal.keep(shown, renamed('first'));
    full = true;
    journal.keep(shown, renamed('second'));
    journal.keep(shown, renamed('third'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/The disk is full.*Save it yourself/);
    const kept = readdirSync(join(home, 'journal')).filter((name) => name.endsWith('.json'));
    expect(readFileSync(join(home, 'journal', kept[0] ?? ''), 'utf8')).toContain('"first"');
    full = false;
    journal.keep(shown, renamed('fourth'));
    full = true;
    journal.keep(shown, renamed('fifth'));
    expect(said).toHaveLength(2);
    // What the window last drew is known all the same: one that is loaded again shows it.
    expect(shown.design).toEqual(renamed('fifth'));
  });

  it('is gone when nothing is unsaved any more', () => {
    const { home, desk } = story();
    const window = fakeWindow();
    desk.openCopy(window, smallDesign(), 'new');
    const journal = createJournalKeeper(home, () => undefined);
    journal.keep(shownIn(desk, window), renamed('x'));
    expect(shownIn(desk, window).unsaved).toBe(true);
    journal.keep(shownIn(desk, window), null);
    expect(shownIn(desk, window).unsaved).toBe(false);
    expect(readdirSync(join(home, 'journal'))).toEqual([]);
  });
});
