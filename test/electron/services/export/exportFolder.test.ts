/** What an export leaves on the disk: whole folders, the user's own files untouched, and an exact sentence otherwise. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { diskFiles, type FileSystem } from '../../../../electron/files/fileSystem';
import { parseNpy } from '../../../../electron/files/npy';
import { readSafetensors } from '../../../../electron/files/safetensors';
import { exportDesign, type ExportOptions } from '../../../../electron/services/export/exportDesign';
import { readManifest } from '../../../../electron/services/export/manifest';
import { plainTarget } from './plainTarget';

const root = mkdtempSync(join(tmpdir(), 'netloom-export-'));
const home = join(root, 'home');
const xor = join(__dirname, '..', '..', '..', '..', 'assets', 'designs', 'xor-mlp.netloom');
let folder: string;
let count = 0;

beforeEach(() => {
  count += 1;
  folder = join(root, String(count), 'out');
});
afterAll(() => rmSync(root, { recursive: true }));

const put = (more: Partial<ExportOptions> = {}): ReturnType<typeof exportDesign> =>
  exportDesign({ home, file: xor, target: plainTarget, to: folder, ...more });
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
const write = (path: string, content: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

describe('an export', () => {
  it('is a folder with code, weights, data, README and a list of all with their hashes', async () => {
    const { files } = await put();
    expect(readdirSync(folder).sort()).toEqual([
      ...['README.md', 'data', 'model.py', 'netloom.json', 'train.py', 'weights.safetensors'],
    ]);
    const manifest = readManifest(diskFiles, folder);
    expect(manifest).toMatchObject({ target: 'pytorch', weights: 'first values, seed 1' });
    expect(Object.keys(manifest?.files ?? {}).sort()).toEqual(files.filter((path) => path !== 'netloom.json').sort());
    expect(text('README.md')).toContain(`SHA-256 \`${manifest?.designHash ?? ''}\``);
    expect(text('README.md')).toContain('it is not trained yet');
    const { tensors } = readSafetensors(diskFiles, join(folder, 'weights.safetensors'));
    expect(tensors.get('counter')?.data).toEqual(BigInt64Array.of(3n));
    expect(tensors.size).toBeGreaterThan(3);
    const [train] = readdirSync(join(folder, 'data')).filter((name) => /^train_(?!label)/.test(name));
    const array = parseNpy(train ?? '', readFileSync(join(folder, 'data', train ?? '')));
    expect(array).toMatchObject({ dtype: '<f4', shape: [expect.any(Number), 2] });
  });

  it('is the same to the byte when it is made again, and takes the place of the one before', async () => {
    await put();
    const before = text('netloom.json');
    writeFileSync(join(folder, 'VERIFIED.json'), '{}');
    await put();
    expect(text('netloom.json')).toBe(before);
    expect(existsSync(join(folder, 'VERIFIED.json')), 'what was verified is gone').toBe(false);
    expect(readdirSync(join(folder, '..'))).toEqual(['out']);
  });

  it('leaves data out that are too large, and the README says how to put them there', async () => {
    const { dataLeftOut } = await put({ largest: 100 });
    expect(dataLeftOut?.bytes).toBeGreaterThan(100);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(text('README.md')).toMatch(/too large to lie beside the code[\s\S]*`data\/train_\w+\.npy` \| \[\d+, 2\] \|/);
  });

  it('that a node stands against is not begun, and says which, why and what instead', async () => {
    const design = join(root, 'impossible.netloom');
    const json = readFileSync(xor, 'utf8').replace(/"id": "hidden\d?"/g, '$&, "name": "impossible"');
    writeFileSync(design, json);
    await expect(put({ file: design })).rejects.toMatchObject({
      code: 'export-impossible',
      message: expect.stringMatching(
        /cannot go to Plain\. impossible \(\w+\): It cannot be done\. Use Dense\./,
      ) as string,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a folder that is there', () => {
  it('is taken where it is empty', async () => {
    mkdirSync(folder, { recursive: true });
    await put();
    expect(existsSync(join(folder, 'model.py'))).toBe(true);
  });

  it('is refused where it is not ours, and with force keeps all that the export has not', async () => {
    write('notes.txt', 'mine');
    write('data/mine.npy', 'mine too');
    write('model.py', 'my model');
    await expect(put()).rejects.toMatchObject({
      code: 'folder-taken',
      message: expect.stringMatching(
        /out is not empty and was not made by an export: it holds data, model\.py, notes\.txt\. Name another folder, or add --force/,
      ) as string,
    });
    expect(text('model.py')).toBe('my model');
    await put({ force: true });
    expect([text('notes.txt'), text('data/mine.npy')]).toEqual(['mine', 'mine too']);
    expect(text('model.py')).toContain('# ');
    expect(readdirSync(join(folder, '..'))).toEqual(['out']);
  });

  it('of ours is refused where a file was changed since, which it names', async () => {
    await put();
    write('train.py', 'my changes');
    await expect(put()).rejects.toThrow(
      /In .*out, train\.py was changed since the export\. Name another folder, or add --force to write over it\./,
    );
    expect(text('train.py')).toBe('my changes');
    await put({ force: true });
    expect(text('train.py')).toBe('# trains\n');
  });

  it('of ours keeps what the user put beside our files, links and folders too', async () => {
    await put();
    write('notes.txt', 'mine');
    write('data/extra.npy', 'mine');
    write('venv/lib/package.py', 'theirs');
    symlinkSync('/nowhere', join(folder, 'venv', 'python'));
    rmSync(join(folder, 'README.md'));
    await put();
    expect([text('notes.txt'), text('data/extra.npy'), text('venv/lib/package.py')]).toEqual([
      'mine',
      'mine',
      'theirs',
    ]);
    expect(readdirSync(join(folder, 'venv'))).toContain('python');
    expect(text('README.md')).toContain('SHA-256');
  });

  it('is refused where the user put a file of his own at a place that the export now needs', async () => {
    await put({ largest: 1 });
    const [name = ''] = Object.keys(readManifest(diskFiles, folder)?.files ?? {}).filter((path) => /npy$/.test(path));
    expect(name).toBe('');
    await put({ to: `${folder}2` });
    const [array = ''] = readdirSync(join(`${folder}2`, 'data'));
    write(`data/${array}`, 'mine');
    await expect(put()).rejects.toThrow(/In .*out, data was not written by an export/);
    expect(text(`data/${array}`)).toBe('mine');
    await put({ largest: 1 });
    expect(text(`data/${array}`)).toBe('mine');
  });

  it('whose list is not ours is no folder of ours', async () => {
    await put();
    for (const bad of [
      '{',
      '[]',
      JSON.stringify({ ...JSON.parse(text('netloom.json')), files: { '../x': 'a'.repeat(64) } }),
    ]) {
      write('netloom.json', bad);
      await expect(put()).rejects.toThrow(/was not made by an export/);
    }
  });
});

describe('a disk that refuses', () => {
  it('a file where the folder should be is said to be one', async () => {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file');
    await expect(put()).rejects.toThrow(/out is a file; name a folder for the export\./);
    await expect(put({ to: join(folder, 'below') })).rejects.toThrow(/a part of this path is a file where a folder/);
    expect(readFileSync(folder, 'utf8')).toBe('a file');
  });

  it.each([
    [
      'EROFS',
      'not-allowed',
      /could not be written: the system does not allow it \(EROFS\)\. Check the permissions of the file and its folder/,
    ],
    ['EACCES', 'not-allowed', /could not be written: the system does not allow it \(EACCES\)/],
    ['ENOSPC', 'disk-full', /The disk is full: .*Nothing that was complete before is lost/],
  ])('with %s is said exactly, and what was there stays', async (code, problem, message) => {
    await put();
    const before = text('netloom.json');
    const refusing: FileSystem = {
      ...diskFiles,
      makeFolder: () => {
        throw Object.assign(new Error(code), { code });
      },
    };
    const refused = put({ files: refusing });
    await expect(refused).rejects.toMatchObject({ code: problem });
    await expect(refused).rejects.toThrow(message);
    expect(text('netloom.json')).toBe(before);
    expect(readdirSync(join(folder, '..'))).toEqual(['out']);
  });
});
