/** A download on its way: the bytes that have come (`FILE.part`) and which version of the file they are of. */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { atomicWrite } from './atomicWrite';
import { withFileProblems } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import { readChunks } from './readChunks';
import { writeAll } from './writeAll';

/** What a server said of the file that a part is of; goes back to it as `If-Range`. */
export interface PartOrigin {
  readonly address: string;
  readonly validator: string;
}

export interface PartFile {
  readonly bytes: number;
  /** The origin of the bytes that are there; undefined where they cannot be continued. */
  readonly origin: PartOrigin | undefined;
  /** Throws away what is there, and remembers where the next bytes are from. */
  restart(origin: PartOrigin | undefined): void;
  append(chunk: Uint8Array): void;
  /** Hexadecimal digests of what is there. */
  digests(): Digests;
  /** Gives the file its name: on the disk, whole. */
  commit(): void;
  /** Removes the part. */
  discard(): void;
  /** Closes the part and keeps it for a later attempt. */
  close(): void;
}

export interface Digests {
  readonly md5: string;
  readonly sha256: string;
}

export function openPartFile(files: FileSystem, file: string): PartFile {
  const part = `${file}.part`;
  const note = `${part}.json`;
  let origin = readOrigin(files, part, note);
  if (!origin) withFileProblems(part, 'write', () => files.close(files.open(part, 'replace')));
  let handle: OpenFile | undefined = withFileProblems(part, 'write', () => files.open(part, 'update'));
  let bytes = withFileProblems(part, 'read', () => files.size(handle as OpenFile));

  function close(): void {
    if (handle === undefined) return;
    const closing = handle;
    handle = undefined;
    withFileProblems(part, 'write', () => files.close(closing));
  }

  return {
    get bytes() {
      return bytes;
    },
    get origin() {
      return bytes > 0 ? origin : undefined;
    },
    restart(next) {
      withFileProblems(part, 'write', () => {
        // The old note must not outlive the old bytes.
        files.remove(note);
        files.truncate(handle as OpenFile, 0);
      });
      bytes = 0;
      origin = next;
      if (next) atomicWrite(files, note, [Buffer.from(JSON.stringify(next))]);
    },
    append(chunk) {
      withFileProblems(file, 'write', () => writeAll(files, handle as OpenFile, chunk, bytes, () => undefined));
      bytes += chunk.length;
    },
    digests: () => digestsOf(files, part),
    commit() {
      withFileProblems(file, 'write', () => {
        files.sync(handle as OpenFile);
        close();
        files.rename(part, file);
        files.remove(note);
        files.syncFolder(dirname(file));
      });
    },
    discard() {
      close();
      withFileProblems(part, 'remove', () => {
        files.remove(part);
        files.remove(note);
      });
    },
    close,
  };
}

export function digestsOf(files: FileSystem, file: string): Digests {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  withFileProblems(file, 'read', () => {
    for (const chunk of readChunks(files, file)) {
      md5.update(chunk);
      sha256.update(chunk);
    }
  });
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

function readOrigin(files: FileSystem, part: string, note: string): PartOrigin | undefined {
  if (!files.facts(part) || !files.facts(note)) return undefined;
  try {
    const text = Buffer.concat([...readChunks(files, note)]).toString('utf8');
    const { address, validator } = JSON.parse(text) as Partial<PartOrigin>;
    return typeof address === 'string' && typeof validator === 'string' ? { address, validator } : undefined;
  } catch {
    return undefined;
  }
}
