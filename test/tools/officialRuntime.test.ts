/** The official Electron through its own downloader, from a mirror that we are: it comes, is refused, is forged, is silent. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTool } from './load';

interface Found {
  folder?: string;
  version?: string;
  problem?: string;
}
type OfficialRuntime = (options: Record<string, unknown>) => Promise<Found>;

const version = '99.1.0';
const file = `electron-v${version}-${process.platform}-${process.arch}.zip`;
const archive = Buffer.from(zipSync({ version: Buffer.from(version), electron: Buffer.from('the program') }));
const checksums = { [file]: createHash('sha256').update(archive).digest('hex') };

let cache: string;
let server: Server;
let asked: number;
let answer: RequestListener;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), 'netloom-runtime-'));
  asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv('electron_config_cache', join(cache, 'archives'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(cache, { recursive: true, force: true });
});

async function get(more: Record<string, unknown> = {}): Promise<Found> {
  const { officialRuntime } = await loadTool<{ officialRuntime: OfficialRuntime }>('runtime/official.mjs');
  return officialRuntime({ cache, version, checksums, installed: join(cache, 'nowhere'), ...more });
}

describe('the official runtime', () => {
  it('is downloaded once and then lies in the cache', async () => {
    answer = (_request, response) => response.end(archive);
    const first = await get();
    expect(first).toMatchObject({ version });
    expect(readFileSync(join(first.folder ?? '', 'electron'), 'utf8')).toBe('the program');
    expect(await get()).toEqual(first);
    expect(asked).toBe(1);
  });

  it('is taken from where its own installation script would have put it', async () => {
    answer = (_request, response) => response.end(archive);
    const { folder } = await get();
    expect(await get({ cache: join(cache, 'other'), installed: folder })).toEqual({ folder, version });
  });

  it('is refused when it is not the file that was promised', async () => {
    answer = (_request, response) => response.end('something else');
    const { problem } = await get();
    expect(problem).toContain('what arrived is not the official file: its checksum differs');
    expect(existsSync(join(cache, `electron-${version}-${process.platform}-${process.arch}`))).toBe(false);
  });

  it('is asked for again only after ten minutes when it was refused', async () => {
    answer = (_request, response) => response.writeHead(403).end();
    const now = Date.now();
    expect((await get({ now })).problem).toMatch(/could not be downloaded \(Response code 403 .*ELECTRON_MIRROR/);
    expect((await get({ now: now + 4 * 60_000 })).problem).toMatch(/4 minutes ago \(Response code 403/);
    expect(asked).toBe(1);
    answer = (_request, response) => response.end(archive);
    expect(await get({ now: now + 11 * 60_000 })).toMatchObject({ version });
    expect(asked).toBe(2);
  });

  it('is given up on when the host says nothing, at first or in the middle', async () => {
    answer = () => undefined;
    expect((await get({ wait: { first: 0.2, later: 0.2 } })).problem).toContain('no answer for 0.2 s');
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 100));
    };
    const later = Date.now() + 11 * 60_000;
    expect((await get({ now: later, wait: { first: 5, later: 0.3 } })).problem).toContain('no answer for 0.3 s');
  });
});
