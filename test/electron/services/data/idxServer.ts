/** Small files in MNIST's true form, served on loopback by a server that misbehaves when told to. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { defineDataSet } from '../../../../shared/datasets/define';
import { idxInfo, idxNames, idxParams } from '../../../../shared/datasets/idxImages';
import { tenDigits } from '../../../../shared/datasets/tenDigits';
import type { DataSetDefinition } from '../../../../shared/ir/dataSetDefinition';
import { createRegistry } from '../../../../shared/ir/registry';
import type { Registry } from '../../../../shared/ir/registry';

/** The IDX form as its authors describe it: two zeros, type 8 (bytes), axes, big-endian sizes, values. */
export function idxBytes(shape: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return gzipSync(Buffer.concat([header, values]));
}

/** Pixel p of image i is (31 i + 7 p) mod 256: not compressible to nothing, so that files have some length. */
export function pixelOf(image: number, pixel: number): number {
  return (31 * image + 7 * pixel + ((pixel * pixel) >> 3)) % 256;
}

export function smallFiles(train: number, test: number): Map<string, Buffer> {
  const images = (first: number, count: number): Buffer =>
    idxBytes(
      [count, 28, 28],
      Uint8Array.from({ length: count * 784 }, (_, at) => pixelOf(first + Math.floor(at / 784), at % 784)),
    );
  const labels = (first: number, count: number): Buffer =>
    idxBytes(
      [count],
      Uint8Array.from({ length: count }, (_, at) => (first + at) % 10),
    );
  return new Map([
    [idxNames[0], images(0, train)],
    [idxNames[1], labels(0, train)],
    [idxNames[2], images(train, test)],
    [idxNames[3], labels(train, test)],
  ]);
}

/** MNIST's definition with the checksums of these files instead of the published ones. */
export function definitionOf(files: ReadonlyMap<string, Buffer>, addresses: string[]): Registry<DataSetDefinition> {
  const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
  return createRegistry([
    defineDataSet({
      type: 'mnist',
      title: 'Small MNIST',
      summary: '',
      attribution: 'A test.',
      licence: 'CC0 1.0',
      origin: 'download',
      addresses,
      files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, md5: md5(bytes) })),
      params: idxParams,
      info: ({ validation }) => idxInfo(tenDigits, validation),
    }),
  ]);
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => void;

export interface IdxServer {
  address: string;
  /** Paths asked for, in order, with the range where there was one. */
  asked: string[];
  /** What happens to the next requests, one each; afterwards the server behaves. */
  next: Behaviour[];
}

/** Serves the files under any folder. Closed when the test ends. */
export async function serve(files: ReadonlyMap<string, Buffer>): Promise<IdxServer> {
  const asked: string[] = [];
  const next: Behaviour[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(request.headers.range === undefined ? path : `${path} ${request.headers.range}`);
    const bytes = files.get(path.slice(path.lastIndexOf('/') + 1));
    if (!bytes) response.writeHead(404).end();
    else (next.shift() ?? whole)(request, response, bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, next };
}

/** What S3 says of a file: its length and a strong tag. */
function headers(rest: Buffer, bytes: Buffer): Record<string, string | number> {
  return { 'content-length': rest.length, etag: `"${createHash('md5').update(bytes).digest('hex')}"` };
}

/** The whole file, or the rest of it where a range was asked for. */
export const whole: Behaviour = (request, response, bytes) => {
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  const rest = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { ...headers(rest, bytes), ...(from > 0 && range) }).end(rest);
};

/** Half of the file is announced whole and sent; then the connection breaks. */
export const cut: Behaviour = (request, response, bytes) => {
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(from);
  const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  response.writeHead(from > 0 ? 206 : 200, { ...headers(rest, bytes), ...(from > 0 && range) });
  response.write(rest.subarray(0, rest.length >> 1), () => setTimeout(() => response.destroy(), 20));
};

export const changed: Behaviour = (request, response, bytes) => {
  const other = Buffer.from(bytes);
  other[bytes.length - 9] = (other[bytes.length - 9] ?? 0) ^ 1;
  whole(request, response, other);
};

export function redirectTo(address: string): Behaviour {
  return (request, response) => {
    const name = request.url?.slice(request.url.lastIndexOf('/') + 1) ?? '';
    response.writeHead(302, { location: `${address}elsewhere/${name}` }).end();
  };
}

export const failing: Behaviour = (_, response) => {
  response.writeHead(500).end();
};
