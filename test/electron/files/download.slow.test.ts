/** A download whose disk fails at any of its operations, in any way: the old file or the new one is there, never neither. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeLeftovers } from '../../../electron/files/atomicWrite';
import { download } from '../../../electron/files/download';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem } from '../../../electron/files/fileSystem';
import { everyFailure } from './everyFailure';

const small = Buffer.from('a small file in the true format');
const wait = (): Promise<void> => Promise.resolve();
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { etag: '"s"', 'content-length': small.length }).end(small);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('a download whose disk fails', () => {
  it('leaves the old or the new file at every failure, and succeeds afterwards', { timeout: 120_000 }, async () => {
    const sums = { md5: createHash('md5').update(small).digest('hex') };
    const fetchInto = (files: FileSystem, folder: string): Promise<void> =>
      download(
        files,
        { address: `${base}/s`, file: join(folder, 'data', 's.gz'), checksum: sums },
        { wait, attempts: 1 },
      );
    await everyFailure({
      prepare: async (folder) => {
        await fetchInto(diskFiles, folder);
        writeFileSync(join(folder, 'data', 's.gz'), 'old');
      },
      write: fetchInto,
      check: async (folder, { finished }) => {
        const found = readFileSync(join(folder, 'data', 's.gz'), 'utf8');
        expect(finished ? [small.toString()] : ['old', small.toString()]).toContain(found);
        await fetchInto(diskFiles, folder);
        expect(readFileSync(join(folder, 'data', 's.gz')).equals(small)).toBe(true);
        removeLeftovers(diskFiles, join(folder, 'data'));
        expect(readdirSync(join(folder, 'data'))).toEqual(['s.gz']);
      },
    });
  });
});
