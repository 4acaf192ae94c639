/** MNIST's way from a server to samples, with small files in its true form and a server that misbehaves. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import type { DataProgress, DataPlaces } from '../../../../electron/services/data/dataSource';
import { openData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import type { PreparedData } from '../../../../electron/services/data/prepareHere';
import { idxNames } from '../../../../shared/datasets/idxImages';
import { dataSetRegistry } from '../../../../shared/datasets/registry';
import type { Json } from '../../../../shared/messages/define';
import { changed, cut, definitionOf, idxBytes, pixelOf, redirectTo, serve, smallFiles } from './idxServer';
import type { IdxServer } from './idxServer';
import { makePlaces } from './places';

const [trainImages, trainLabels] = idxNames;

interface Setup {
  server: IdxServer;
  files: Map<string, Buffer>;
  places: DataPlaces;
  prepare: (params?: Record<string, Json>) => Promise<PreparedData>;
}

async function setUp(files = smallFiles(40, 10)): Promise<Setup> {
  const server = await serve(files);
  const registry = definitionOf(files, [server.address]);
  const places = makePlaces();
  const prepare = (params: Record<string, Json> = {}): Promise<PreparedData> =>
    prepareHere({ source: 'mnist', validation: 10, ...params }, places, { registry });
  return { server, files, places, prepare };
}

describe('a set of IDX files', () => {
  it('is downloaded, checked, scaled; the last of the training samples validate', async () => {
    const { server, prepare } = await setUp();
    const { folder } = await prepare();
    const data = openData(folder);
    expect(data.info.counts).toEqual({ train: 30, validation: 10, test: 10 });
    for (const [part, first, count] of [
      ['train', 0, 30],
      ['validation', 30, 10],
      ['test', 40, 10],
    ] as const) {
      const all = Uint32Array.from({ length: count }, (_, index) => index);
      const images = await data.read('image', part, all);
      expect([...(await data.read('label', part, all))]).toEqual([...all].map((index) => (first + index) % 10));
      const expected = Float32Array.from(images, (_, at) => pixelOf(first + Math.floor(at / 784), at % 784) / 255);
      expect(Buffer.from(images.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
    }
    expect(server.asked).toEqual(idxNames.map((name) => `/${name}`));
  });

  it('is downloaded once, whatever is prepared from it', async () => {
    const { server, places, prepare } = await setUp();
    const first = await prepare();
    const second = await prepare({ validation: 5 });
    expect(second.folder).not.toBe(first.folder);
    expect(server.asked).toHaveLength(4);
    expect(readdirSync(join(places.home, 'downloads', 'mnist')).sort()).toEqual([...idxNames].sort());
  });

  it('comes from a mirror, under the same name, with the same checksums', async () => {
    const { server, files, places } = await setUp();
    const registry = definitionOf(files, ['http://127.0.0.1:9/']);
    const config = { source: 'mnist', validation: 10 };
    const named = await prepareHere({ ...config, mirror: `${server.address}own` }, places, { registry });
    expect(server.asked[0]).toBe(`/own/${trainImages}`);
    const other = { ...makePlaces(), mirror: server.address };
    const general = await prepareHere(config, other, { registry });
    expect(server.asked[4]).toBe(`/mnist/${trainImages}`);
    expect(general.hash).toBe(named.hash);
  });

  it('goes on where a connection broke, also in the next attempt', async () => {
    const { server, prepare } = await setUp();
    server.next.push(cut, cut);
    const { folder } = await prepare();
    expect(openData(folder).count('train')).toBe(30);
    expect(server.asked.some((path) => path.startsWith(`/${trainImages} bytes=`))).toBe(true);
  });

  it('follows a redirection', async () => {
    const { server, prepare } = await setUp();
    server.next.push(redirectTo(server.address));
    await prepare();
    expect(server.asked.slice(0, 2)).toEqual([`/${trainImages}`, `/elsewhere/${trainImages}`]);
  });

  it('tells how it goes on', async () => {
    const { files, places, server } = await setUp();
    const told: DataProgress[] = [];
    const registry = definitionOf(files, [server.address]);
    const onProgress = (progress: DataProgress): void => void told.push(progress);
    await prepareHere({ source: 'mnist', validation: 10 }, places, { registry, onProgress });
    const size = files.get(trainImages)?.length ?? 0;
    expect(told).toContainEqual({ step: `downloading ${trainImages}`, done: size, total: size });
    expect(told.map(({ step }) => step)).toContain('writing the samples');
  });

  it('is mended where a download that lay in the cache was damaged', async () => {
    const { server, places, prepare } = await setUp();
    await prepare();
    const file = join(places.home, 'downloads', 'mnist', trainLabels);
    writeFileSync(file, 'nonsense');
    await prepare({ validation: 3 });
    expect(server.asked).toHaveLength(5);
    expect(statSync(file).size).toBeGreaterThan(8);
  });
});

describe('a set of IDX files that cannot be had', () => {
  it('names the file whose checksum is another, and keeps nothing of it', async () => {
    const { server, places, prepare } = await setUp();
    server.next.push(changed);
    await expect(prepare()).rejects.toMatchObject({
      code: 'checksum',
      message: expect.stringContaining(trainImages) as string,
    });
    expect(existsSync(join(places.home, 'downloads', 'mnist', trainImages))).toBe(false);
    server.next.length = 0;
    await prepare();
  });

  it('says that the disk is full', async () => {
    const { files, places, server } = await setUp();
    const registry = definitionOf(files, [server.address]);
    const full = {
      ...diskFiles,
      write: () => {
        throw Object.assign(new Error('made to fail'), { code: 'ENOSPC' });
      },
    };
    const preparing = prepareHere({ source: 'mnist', validation: 10 }, places, { registry, files: full });
    await expect(preparing).rejects.toMatchObject({ code: 'disk-full' });
  });

  it.each([
    [
      'labels outside the classes',
      trainLabels,
      idxBytes([40], new Uint8Array(40).fill(10)),
      'label 10 at position 0 is outside the classes; the classes are 0 to 9.',
    ],
    ['too few labels', trainLabels, idxBytes([39], new Uint8Array(39)), '39 labels for 40 images.'],
    [
      'images of another size',
      trainImages,
      idxBytes([40, 2, 2], new Uint8Array(160)),
      'images are [2, 2]; expected [28, 28].',
    ],
    ['labels for images', trainImages, idxBytes([40], new Uint8Array(40)), '1 dimensions, 3 were expected'],
    ['no IDX file', trainLabels, Buffer.from('<html>'), 'is no IDX file'],
  ])('names %s', async (_, name, bytes, message) => {
    const { prepare } = await setUp(smallFiles(40, 10).set(name, bytes));
    await expect(prepare()).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      file: expect.stringContaining(name) as string,
    });
  });

  it('refuses to validate with all that could train', async () => {
    const { prepare } = await setUp();
    await expect(prepare({ validation: 40 })).rejects.toThrow(
      'data.validation is 40, but there are only 40 training samples.',
    );
  });
});

describe('the published definitions', () => {
  it.each(['mnist', 'fashionMnist'])('%s names four files with checksums, in the order that is read', (type) => {
    const definition = dataSetRegistry.get(type);
    expect(definition?.files?.map(({ name }) => name)).toEqual(idxNames);
    for (const { md5 } of definition?.files ?? []) expect(md5).toMatch(/^[0-9a-f]{32}$/);
    expect(definition?.addresses?.every((address) => address.endsWith('/'))).toBe(true);
    expect(readFileSync(join(__dirname, '../../../../docs/data.md'), 'utf8')).toContain(`\`${type}\``);
  });
});
