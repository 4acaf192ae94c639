/** Downloads a file that is known by its checksum: goes on where it was cut, and appears under its name only when right. */
import { dirname } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { FileProblem, withFileProblems } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { PassingFailure, requestFailure, requestFile } from './httpRequest';
import { openPartFile } from './partFile';
import type { Digests, PartFile } from './partFile';

export interface Download {
  /** Where the file is published; see `mirrored`. */
  readonly address: string;
  readonly file: string;
  /** Hexadecimal; each that is given is checked. */
  readonly checksum: Partial<Digests>;
  /** Bytes, where they are known. */
  readonly size?: number;
}

export interface DownloadOptions {
  /** Bytes that have come so far, and of how many; null where the server does not say. */
  readonly onProgress?: (received: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds of silence after which a connection is given up. */
  readonly silenceMs?: number;
  /** Attempts without a single new byte before giving up. */
  readonly attempts?: number;
  /** Waits between attempts; replaced in tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** The address of a file below `base`, or below the mirror that the user has set in its place. */
export function mirrored(base: string, name: string, mirror?: string): string {
  const root = mirror ?? base;
  return new URL(name, root.endsWith('/') ? root : `${root}/`).href;
}

/**
 * Fetches a file. Throws a `FileProblem`: cancelled, unreachable, a full disk (what has come stays, to go on from), or
 * bytes with another checksum (which are removed). The file itself is the old one, or none, until the new one is whole.
 */
export async function download(files: FileSystem, wanted: Download, options: DownloadOptions = {}): Promise<void> {
  const { file } = wanted;
  withFileProblems(file, 'write', () => files.makeFolder(dirname(file)));
  const part = openPartFile(files, file);
  try {
    const resumed = part.origin !== undefined;
    await fetchAll(part, wanted, options);
    if (wrongChecksum(part, wanted) !== null && resumed) {
      // The first bytes may be of another day: only what comes in one piece counts as the server's word.
      part.restart(undefined);
      await fetchAll(part, wanted, options);
    }
    const wrong = wrongChecksum(part, wanted);
    if (wrong !== null) {
      part.discard();
      throw new FileProblem('checksum', file, wrong);
    }
    part.commit();
  } finally {
    closeQuietly(part);
  }
}

/** Attempts until all bytes are there. An attempt that brought something does not count as a failure. */
async function fetchAll(part: PartFile, wanted: Download, options: DownloadOptions): Promise<void> {
  const { attempts = 5, wait = sleep, signal } = options;
  if (part.bytes > 0 && part.bytes === wanted.size) return;
  for (let failed = 0; ;) {
    const before = part.bytes;
    try {
      return await fetchOnce(part, wanted, options);
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      failed = part.bytes > before ? 1 : failed + 1;
      if (failed >= attempts) throw gaveUp(wanted, error, part.bytes);
      await wait(Math.min(error.waitMs ?? 500 * 2 ** (failed - 1), 30_000));
      if (signal?.aborted) throw requestFailure(wanted.address, error, signal);
    }
  }
}

async function fetchOnce(part: PartFile, wanted: Download, options: DownloadOptions): Promise<void> {
  const { signal, silenceMs = 30_000, onProgress } = options;
  const { origin } = part;
  const resume = origin && origin.address === wanted.address;
  const headers: Record<string, string> = resume ? { range: `bytes=${part.bytes}-`, 'if-range': origin.validator } : {};
  const { response } = await requestFile(wanted.address, { headers, silenceMs, signal });
  try {
    const total = begin(part, wanted, response);
    onProgress?.(part.bytes, total);
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (wanted.size !== undefined && part.bytes + chunk.length > wanted.size) throw tooLong(part, wanted);
      part.append(chunk);
      onProgress?.(part.bytes, total);
    }
    if (total !== null && part.bytes < total) {
      throw new PassingFailure(`the connection to ${wanted.address} was cut after ${part.bytes} of ${total} bytes`);
    }
  } catch (error) {
    throw requestFailure(wanted.address, error, signal);
  } finally {
    response.destroy();
  }
}

/** Looks at the head of an answer and sets the part to where its bytes go on; the size of the whole, if it is told. */
function begin(part: PartFile, wanted: Download, response: IncomingMessage): number | null {
  const { statusCode = 0, headers } = response;
  if (statusCode === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    if (range && Number(range[1]) === part.bytes) return range[2] === '*' ? null : Number(range[2]);
  }
  if (statusCode === 206 || statusCode === 416) {
    part.restart(undefined);
    throw new PassingFailure(`${wanted.address} answered with another part of the file than was asked for`, 0);
  }
  if (statusCode === 429 || statusCode >= 500) {
    const seconds = Number(headers['retry-after']);
    throw new PassingFailure(`${wanted.address} answered ${statusCode}`, seconds > 0 ? seconds * 1000 : undefined);
  }
  if (statusCode !== 200) {
    const message = `${wanted.address} answered ${statusCode}: the file is not there or not open to all. Set a mirror that has it.`;
    throw new FileProblem('unreachable', wanted.address, message);
  }
  // A weak tag says that two versions are alike, not that their bytes are.
  const strongTag = headers.etag?.startsWith('W/') ? undefined : headers.etag;
  const validator = strongTag ?? headers['last-modified'];
  part.restart(validator === undefined ? undefined : { address: wanted.address, validator });
  return headers['content-length'] === undefined ? null : Number(headers['content-length']);
}

/** A sentence if the bytes are not those that were wanted; null if they are. */
function wrongChecksum(part: PartFile, { address, file, checksum, size }: Download): string | null {
  const help = 'It was removed. Try again; if it happens again, the address has another file now: set a mirror.';
  if (size !== undefined && part.bytes !== size) {
    return `${file}: ${address} gave ${part.bytes} bytes, ${size} were expected. ${help}`;
  }
  const found = part.digests();
  for (const kind of ['sha256', 'md5'] as const) {
    const expected = checksum[kind];
    if (expected === undefined || expected.toLowerCase() === found[kind]) continue;
    return `${file}: what ${address} gave has the ${kind} checksum ${found[kind]}, expected was ${expected}. ${help}`;
  }
  return null;
}

function tooLong(part: PartFile, { address, file, size }: Download): FileProblem {
  part.discard();
  const message = `${file}: ${address} gives more than the ${size} bytes that were expected. What came was removed; set a mirror.`;
  return new FileProblem('checksum', file, message);
}

function gaveUp({ address }: Download, error: PassingFailure, bytes: number): FileProblem {
  const kept = bytes > 0 ? ` ${bytes} bytes have come and are kept.` : '';
  const message = `${address} was not reached: ${error.message}.${kept} Check the connection and try again, or set a mirror.`;
  return new FileProblem('unreachable', address, message);
}

function closeQuietly(part: PartFile): void {
  try {
    part.close();
  } catch {
    // The file has its name already, or the error that led here says more.
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
