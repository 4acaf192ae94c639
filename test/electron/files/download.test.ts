/** Downloads from a server on this machine that cuts, redirects, lies, keeps silent: the file comes right or not at all. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { download, mirrored } from '../../../electron/files/download';
import type { DownloadOptions } from '../../../electron/files/download';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem } from '../../../electron/files/fileSystem';

const body = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7 + (at >> 8)) & 255));
const checksum = {
  md5: createHash('md5').update(body).digest('hex'),
  sha256: createHash('sha256').update(body).digest('hex'),
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answers: Answer[] = [];
let asked: { url: string; range: string | undefined; ifRange: string | undefined }[] = [];
let server: Server;
let base: string;
let file: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const ifRange = request.headers['if-range'];
    asked.push({ url: request.url ?? '', range: request.headers.range, ifRange: ifRange as string | undefined });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    (answer as Answer)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  file = join(mkdtempSync(join(tmpdir(), 'netloom-download-')), 'train-images.gz');
});

/** The whole file, or what is asked for of it, as a server of files does. */
const whole: Answer = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const fits = from > 0 && request.headers['if-range'] === '"one"';
  const content = fits ? body.subarray(from) : body;
  if (fits) response.setHeader('content-range', `bytes ${from}-${body.length - 1}/${body.length}`);
  response.writeHead(fits ? 206 : 200, { etag: '"one"', 'content-length': content.length }).end(content);
};
const cutAfter =
  (bytes: number, etag = '"one"'): Answer =>
  (_, response) => {
    response.writeHead(200, { etag, 'content-length': body.length });
    response.write(body.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };
const status =
  (code: number, headers = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end();
const silent: Answer = (_, response) => void response.writeHead(200, { 'content-length': body.length }).write('x');

const waits: number[] = [];
const wait = (milliseconds: number): Promise<void> => {
  waits.push(milliseconds);
  return Promise.resolve();
};

function get(
  options: DownloadOptions & { files?: FileSystem; sums?: object; size?: number; name?: string } = {},
): Promise<void> {
  const { files = diskFiles, sums = checksum, size = body.length, name = 'a.gz', ...rest } = options;
  return download(files, { address: `${base}/${name}`, file, checksum: sums, size }, { wait, ...rest });
}

const arrived = (): void => {
  expect(readFileSync(file).equals(body)).toBe(true);
  expect(readdirSync(dirname(file))).toEqual(['train-images.gz']);
};

describe('a download', () => {
  it('comes whole, checked, and says how far it is', async () => {
    answers = [whole];
    const progress: [number, number | null][] = [];
    await get({ onProgress: (received, total) => progress.push([received, total]) });
    arrived();
    expect(progress[0]).toEqual([0, body.length]);
    expect(progress[progress.length - 1]).toEqual([body.length, body.length]);
  });

  it('goes on where the connection was cut, and only asks for the rest', async () => {
    answers = [cutAfter(70_000), whole];
    await get();
    arrived();
    expect(asked[1]).toEqual({ url: '/a.gz', range: 'bytes=70000-', ifRange: '"one"' });
  });

  it('goes on in a later process, from what an earlier one has left', async () => {
    answers = [cutAfter(70_000), status(503)];
    await expect(get()).rejects.toThrow('answered 503. 70000 bytes have come and are kept. Check the connection');
    expect(existsSync(file)).toBe(false);
    answers = [whole];
    asked = [];
    await get();
    arrived();
    expect(asked).toEqual([{ url: '/a.gz', range: 'bytes=70000-', ifRange: '"one"' }]);
  });

  it('begins anew where the file has changed meanwhile, or the server knows no parts', async () => {
    answers = [cutAfter(70_000, '"older"'), whole];
    await get();
    arrived();
    answers = [
      cutAfter(50_000),
      (_, response) => void response.writeHead(200, { 'content-length': body.length }).end(body),
    ];
    await get();
    arrived();
  });

  it('does not trust a part whose origin is unknown, or that another server began', async () => {
    writeFileSync(`${file}.part`, 'something else');
    answers = [whole];
    await get();
    arrived();
    expect(asked[0]?.range).toBeUndefined();
    answers = [cutAfter(70_000), status(404)];
    await expect(get({ name: 'b.gz' })).rejects.toThrow('answered 404');
    asked = [];
    answers = [whole];
    await get();
    expect(asked[0]?.range).toBeUndefined();
    arrived();
  });

  it('begins anew once where a part that was continued does not give the checksum', async () => {
    answers = [cutAfter(70_000), status(404)];
    await expect(get()).rejects.toThrow(FileProblem);
    writeFileSync(`${file}.part`, Buffer.alloc(70_000));
    answers = [whole];
    await get();
    arrived();
  });

  it('survives a wrong range, a range that cannot be had, and waits as long as it is told', async () => {
    waits.length = 0;
    const wrongRange: Answer = (_, response) =>
      void response.writeHead(206, { 'content-range': `bytes 5-9/${body.length}` }).end('xxxxx');
    answers = [cutAfter(70_000), wrongRange, cutAfter(1000), status(416), status(429, { 'retry-after': '7' }), whole];
    await get();
    arrived();
    expect(asked.map(({ range }) => range)).toEqual([
      undefined,
      'bytes=70000-',
      undefined,
      'bytes=1000-',
      undefined,
      undefined,
    ]);
    expect(waits).toContain(7000);
  });

  it('follows redirects, also to a mirror elsewhere', async () => {
    answers = [status(302, { location: '/moved' }), status(301, { location: `${base}/again` }), whole];
    await get();
    arrived();
    expect(asked.map(({ url }) => url)).toEqual(['/a.gz', '/moved', '/again']);
    expect(mirrored('https://example.org/mnist', 'a.gz')).toBe('https://example.org/mnist/a.gz');
    expect(mirrored('https://example.org/mnist/', 'a.gz', `${base}/copy`)).toBe(`${base}/copy/a.gz`);
  });
});

describe('a download that cannot be', () => {
  it.each<[string, () => Answer, string]>([
    ['a loop of redirects', () => status(302, { location: '/a.gz' }), 'redirects again and again'],
    ['a redirect to a file', () => status(302, { location: 'file:///etc/passwd' }), 'which is not safe to follow'],
    ['a redirect to nowhere', () => status(302, { location: 'http://' }), 'redirects to no address'],
    [
      'a file that is not there',
      () => status(404),
      'answered 404: the file is not there or not open to all. Set a mirror',
    ],
    ['a server in trouble', () => status(500), 'answered 500. Check the connection and try again, or set a mirror'],
  ])('ends with a plain sentence: %s', async (_, answer, message) => {
    answers = [answer()];
    await expect(get()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(message) as unknown,
    });
    expect(existsSync(file)).toBe(false);
  });

  it('ends when the server keeps silent', async () => {
    answers = [silent];
    await expect(get({ silenceMs: 60, attempts: 2 })).rejects.toThrow('nothing for 0.06 seconds');
    answers = [() => undefined];
    await expect(get({ silenceMs: 60, attempts: 2 })).rejects.toThrow('nothing for 0.06 seconds');
  });

  it('ends when nobody listens', async () => {
    const nobody = { address: 'http://127.0.0.1:1/a.gz', file, checksum };
    await expect(download(diskFiles, nobody, { wait, attempts: 2 })).rejects.toThrow('ECONNREFUSED');
  });

  it('ends when it is cancelled, and keeps what has come', async () => {
    answers = [silent];
    const controller = new AbortController();
    const onProgress = (received: number): void => (received > 0 ? controller.abort() : undefined);
    await expect(get({ signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(file)).toBe(false);
    await expect(get({ signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is removed when its checksum differs, with both named; an older file stays', async () => {
    writeFileSync(file, 'older');
    answers = [whole];
    const expected = '0'.repeat(32);
    await expect(get({ sums: { md5: expected } })).rejects.toMatchObject({
      code: 'checksum',
      file,
      message: expect.stringContaining(
        `md5 checksum ${checksum.md5}, expected was ${expected}. It was removed. Try again`,
      ) as unknown,
    });
    expect(readFileSync(file, 'utf8')).toBe('older');
    expect(readdirSync(dirname(file))).toEqual(['train-images.gz']);
    await expect(get({ sums: { ...checksum, sha256: expected } })).rejects.toThrow('sha256 checksum');
  });

  it('is not written on and on when it is longer than expected, nor taken when shorter', async () => {
    answers = [whole];
    await expect(get({ size: 1000 })).rejects.toThrow('gives more than the 1000 bytes');
    await expect(get({ size: body.length + 1 })).rejects.toThrow('gave 200000 bytes, 200001 were expected');
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('keeps what has come when the disk is full, and goes on when there is room', async () => {
    answers = [whole];
    let left = 90_000;
    const files: FileSystem = {
      ...diskFiles,
      write(handle, bytes, position) {
        if (left <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        const taken = diskFiles.write(handle, bytes.subarray(0, left), position);
        left -= taken;
        return taken;
      },
    };
    await expect(get({ files })).rejects.toMatchObject({ code: 'disk-full', file });
    expect(existsSync(file)).toBe(false);
    asked = [];
    await get();
    arrived();
    expect(asked[0]?.range).toMatch(/^bytes=[1-9]/);
  });
});
