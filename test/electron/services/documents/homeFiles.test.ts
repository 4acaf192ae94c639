/** Netloom's own small files: defaults where there is none, damage set aside and said, the user's words kept. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSettingsDesk } from '../../../../electron/main/settingsDesk';
import { diskFiles, type FileSystem } from '../../../../electron/files/fileSystem';
import { openRecentFiles } from '../../../../electron/services/documents/recentFiles';
import { sampleDesigns } from '../../../../electron/services/documents/sampleDesigns';
import { settingsSchema } from '../../../../shared/ipc/studio/settingsSchema';
import { temporaryHome } from '../../../drivers/temporaryHome';

const silent = (): void => undefined;
const fullDisk: FileSystem = {
  ...diskFiles,
  write: () => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  },
};

describe('the settings', () => {
  it('are defaults at first, survive a start, and are told when they change', () => {
    const home = temporaryHome();
    const told: string[] = [];
    const first = createSettingsDesk(diskFiles, home, ({ theme }) => told.push(theme));
    expect([first.now(), first.problem]).toEqual([settingsSchema.parse({}), null]);
    first.change({ ...first.now(), theme: 'dark', recentLayers: ['Dense'] });
    expect(told).toEqual(['dark']);
    expect(createSettingsDesk(diskFiles, home, silent).now()).toMatchObject({ theme: 'dark', recentLayers: ['Dense'] });
  });

  it.each(['{"theme": "da', '[]', '{"theme": "pink"}', ''])('that are damaged (%s) are set aside and said', (text) => {
    const home = temporaryHome();
    const file = join(home, 'settings.json');
    writeFileSync(file, text);
    const { problem, now } = createSettingsDesk(diskFiles, home, silent);
    expect(now()).toEqual(settingsSchema.parse({}));
    expect(problem).toContain(`set aside as ${file}.damaged`);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
    expect(existsSync(file)).toBe(false);
  });

  it('of a version with fewer of them still hold', () => {
    const home = temporaryHome();
    writeFileSync(join(home, 'settings.json'), '{"theme": "light"}');
    expect(createSettingsDesk(diskFiles, home, silent).now()).toEqual({ ...settingsSchema.parse({}), theme: 'light' });
  });

  it('that a full disk does not take hold until the end, and that is said', () => {
    const settings = createSettingsDesk(fullDisk, temporaryHome(), silent);
    expect(() => settings.change({ ...settings.now(), theme: 'dark' })).toThrow('The disk is full');
    expect(settings.now().theme).toBe('dark');
  });
});

describe('recent files', () => {
  it('are the last ten, newest first, once each, and only those that are there', () => {
    const home = temporaryHome();
    const recent = openRecentFiles(diskFiles, home, silent, silent);
    const files = Array.from({ length: 12 }, (_, index) => join(home, `${index}.netloom`));
    for (const file of files) {
      writeFileSync(file, '');
      recent.add(file, file);
    }
    recent.add('again', files[5] as string);
    expect(recent.list().map(({ file }) => file.replace(/^.*\/(\d+)\..*$/, '$1'))).toEqual([
      '5',
      '11',
      '10',
      '9',
      '8',
      '7',
      '6',
      '4',
      '3',
      '2',
    ]);
    const next = openRecentFiles(diskFiles, home, silent, silent);
    expect(next.list()).toEqual(recent.list());
    next.forget(files[11] as string);
    expect(next.has(files[11] as string)).toBe(false);
    expect(next.list()).toHaveLength(9);
  });

  it('that cannot be kept are said and hold until the end', () => {
    const said: string[] = [];
    const home = temporaryHome();
    const file = join(home, 'a.netloom');
    writeFileSync(file, '');
    const recent = openRecentFiles(fullDisk, home, silent, (sentence) => said.push(sentence));
    recent.add('a', file);
    expect(said).toHaveLength(1);
    expect(recent.list()).toHaveLength(1);
  });
});

describe('the gallery', () => {
  it('has every sample that lies beside the program, each a whole design', () => {
    const samples = sampleDesigns(join(__dirname, '..', '..', '..', '..', 'assets'));
    expect(samples.map(({ id }) => id)).toEqual(expect.arrayContaining(['digits-cnn', 'xor-mlp']));
    for (const { design } of samples) expect(design).toMatchObject({ netloom: 1 });
  });
});
