/** Downloads that cannot be had, and downloads that several processes want at once. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { openData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { idxNames } from '../../../../shared/datasets/idxImages';
import { cut, definitionOf, failing, serve, smallFiles } from './idxServer';
import { makePlaces } from './places';

const files = smallFiles(40, 10);
const config = { source: 'mnist', validation: 10 };

describe('a download', () => {
  it('that a server refuses again and again ends in words, and goes on later', async () => {
    const server = await serve(files);
    const places = makePlaces();
    const registry = definitionOf(files, [server.address]);
    server.next.push(cut, failing, failing, failing, failing, failing);
    await expect(prepareHere(config, places, { registry })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /answered 500\. \d+ bytes have come and are kept\. .* or set a mirror\.$/,
      ) as string,
    });
    server.asked.length = 0;
    server.next.length = 0;
    await prepareHere(config, places, { registry });
    expect(server.asked[0]).toMatch(/ bytes=\d+-$/);
  });

  it('goes to the next address where one is not reached', async () => {
    const server = await serve(files);
    const registry = definitionOf(files, ['http://127.0.0.1:9/', server.address]);
    const { folder } = await prepareHere(config, makePlaces(), { registry });
    expect(openData(folder).count('test')).toBe(10);
  }, 120_000);

  it('is done once where several ask at the same time', async () => {
    const server = await serve(files);
    const places = makePlaces();
    const registry = definitionOf(files, [server.address]);
    const all = await Promise.all([1, 2, 3].map(() => prepareHere(config, places, { registry })));
    expect(new Set(all.map(({ folder }) => folder)).size).toBe(1);
    expect(server.asked).toHaveLength(4);
    expect(readdirSync(join(places.home, 'downloads', 'mnist')).sort()).toEqual([...idxNames].sort());
  });

  it('is taken over from a process that is gone', async () => {
    const server = await serve(files);
    const places = makePlaces();
    const lock = join(places.home, 'downloads', 'mnist', `${idxNames[0]}.lock`);
    diskFiles.makeFolder(join(places.home, 'downloads', 'mnist'));
    writeFileSync(lock, '999999999');
    await prepareHere(config, places, { registry: definitionOf(files, [server.address]) });
    expect(existsSync(lock)).toBe(false);
  });

  it('is given up when asked to', async () => {
    const server = await serve(files);
    const controller = new AbortController();
    server.next.push((_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 10), () => controller.abort());
    });
    const options = { registry: definitionOf(files, [server.address]), signal: controller.signal };
    await expect(prepareHere(config, makePlaces(), options)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
