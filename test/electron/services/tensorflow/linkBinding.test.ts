/** The binding that is carried: what it asks of a system, and that what is linked is whole, the right one, or not there. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileProblem } from '../../../../electron/files/fileProblem';
import { linkBinding, type LinkWish } from '../../../../electron/services/tensorflow/linkBinding';
import type { TensorflowLibrary } from '../../../../electron/services/tensorflow/tensorflowLibrary';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { everyFailure } from '../../files/everyFailure';
import { faultyFileSystem } from '../../files/faultyFileSystem';
import { pretendTensorflow } from './pretendTensorflow';

const prebuilt = join(__dirname, '..', '..', '..', '..', 'assets', 'prebuilt');
const carried = readFileSync(join(prebuilt, 'tfjs-binding-linux-x64.node'));
const machine = { platform: 'linux', arch: 'x64' };

let home = '';
let library: TensorflowLibrary;
beforeEach(() => {
  home = temporaryHome();
  const folder = pretendTensorflow(join(temporaryHome(), 'tensorflow'));
  library = { folder, main: 'libtensorflow_cc.so.2', version: '2.21.0', cuda: null };
});

const link = (more: Partial<LinkWish> = {}): Promise<string> =>
  linkBinding({ library, home, packageFolder: join(home, 'none'), machine, ...more });
const links = (): string => join(home, 'engines', 'tensorflow-binding');

/** The newest version of a library's symbols that the binding asks for. */
function newest(name: string): number[] {
  const text = carried.toString('latin1');
  const versions = [...text.matchAll(new RegExp(`\\0${name}_(\\d+(?:\\.\\d+)*)(?=\\0)`, 'g'))].map(([, version = '']) =>
    version.split('.').map(Number),
  );
  expect(versions.length).toBeGreaterThan(0);
  return versions.sort((a, b) => (a[0]! - b[0]!) * 1e6 + (a[1]! - b[1]!) * 1e3 + ((a[2] ?? 0) - (b[2] ?? 0))).pop()!;
}

describe('the binding that is carried', () => {
  it('has the checksum that was noted when it was built', () => {
    const note = JSON.parse(readFileSync(join(prebuilt, 'tfjs-binding-linux-x64.json'), 'utf8')) as Record<
      string,
      string
    >;
    expect(createHash('sha256').update(carried).digest('hex')).toBe(note['sha256']);
  });

  it('asks for no newer system than TensorFlow itself does: glibc 2.27, libstdc++ of GCC 7', () => {
    expect(newest('GLIBC')).toEqual([2, 14]);
    expect(newest('GLIBCXX')).toEqual([3, 4, 21]);
  });

  it('is stripped, small, and tells nothing of the machine that it was built on', () => {
    expect(carried.length).toBeLessThan(300_000);
    expect(carried.toString('latin1')).not.toMatch(/\/(home|root|tmp|var|work|usr)\//);
  });
});

describe('a linked binding', () => {
  it('is the one that is carried, looking in the folder of the library', async () => {
    const file = await link();
    expect(file.startsWith(links())).toBe(true);
    const made = readFileSync(file);
    expect(made.length).toBe(carried.length);
    expect(made.includes(`\0${library.folder}\0`)).toBe(true);
    expect(carried.includes(library.folder)).toBe(false);
  });

  it('is written once, and again where it was torn', async () => {
    const file = await link();
    const before = statSync(file);
    expect(await link()).toBe(file);
    expect(statSync(file).ino).toBe(before.ino);
    writeFileSync(file, carried.subarray(0, 1000));
    expect(await link()).toBe(file);
    expect(readFileSync(file).length).toBe(carried.length);
  });

  it('is another one for another library', async () => {
    const other = { ...library, folder: pretendTensorflow(join(temporaryHome(), 'tensorflow')) };
    expect(await link({ library: other })).not.toBe(await link());
  });

  it("finds an archive's library by a link of the name that it asks for", async () => {
    const folder = pretendTensorflow(join(temporaryHome(), 'lib'), { main: 'libtensorflow.so.2', version: null });
    const file = await link({ library: { folder, main: 'libtensorflow.so.2', version: null, cuda: null } });
    const [archive = ''] = readdirSync(links()).filter((name) => name.startsWith('archive-'));
    const place = join(links(), archive);
    expect(readFileSync(file).includes(`\0${place}\0`)).toBe(true);
    expect(readlinkSync(join(place, 'libtensorflow_cc.so.2'))).toBe(join(folder, 'libtensorflow.so.2'));
    expect(existsSync(join(place, 'libtensorflow_framework.so.2'))).toBe(true);
  });
});

describe('what goes wrong', () => {
  it('a binding with another checksum is not loaded', async () => {
    const assets = temporaryHome();
    cpSync(prebuilt, join(assets, 'prebuilt'), { recursive: true });
    const bytes = Buffer.from(carried);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(join(assets, 'prebuilt', 'tfjs-binding-linux-x64.node'), bytes);
    await expect(link({ assets })).rejects.toThrow(
      /carries is damaged: .* has another checksum.* Install Netloom again\./,
    );
    expect(existsSync(links())).toBe(false);
  });

  it('a full disk is said with the way out', async () => {
    const failure = await link({ files: faultyFileSystem({ kind: 'full', at: 1 }) }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'disk-full' });
    expect((failure as FileProblem).message).toContain('Free space on that disk');
  });

  it('whatever fails while it is written, the next attempt finds nothing half done', async () => {
    const { runs } = await everyFailure({
      prepare: () => undefined,
      write: (files, folder) => link({ home: folder, files }).then(() => undefined),
      async check(folder, { finished }) {
        const place = join(folder, 'engines', 'tensorflow-binding');
        const made = existsSync(place) ? readdirSync(place).map((name) => join(place, name, 'tfjs_binding.node')) : [];
        const whole = made.filter((file) => existsSync(file) && readFileSync(file).includes(`\0${library.folder}\0`));
        if (finished) expect(whole).toHaveLength(1);
        const file = await link({ home: folder });
        expect(readFileSync(file).length).toBe(carried.length);
      },
    });
    expect(runs).toBeGreaterThan(10);
  });

  it('where none is carried, what compiling needs is said', async () => {
    mkdirSync(join(home, 'none', 'binding'), { recursive: true });
    await expect(link({ machine: { platform: 'linux', arch: 'arm64' } })).rejects.toThrow(
      /carries no binding to TensorFlow for this machine, and .*tfjs_backend\.cc, which compiling it needs, is not there/,
    );
  });
});
