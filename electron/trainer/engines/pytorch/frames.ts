/** Frames on a pipe: a fixed beginning, a header in JSON and a payload of raw bytes, numbered in each direction. */
import type { Json } from '../../../../shared/messages/define';

export type Header = Readonly<Record<string, Json>>;

export interface Frame {
  readonly header: Header;
  /** In memory of its own, so that columns of any width can be laid over it. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The other side does not keep to the frames: nothing that follows can be trusted. */
export class FrameProblem extends Error {
  override readonly name = 'FrameProblem';
}

const magic = 'NLF1';
/** Magic, then the lengths of header and payload and the number of the frame, as little-endian u32. */
const beginning = 16;
export const mostHeader = 1 << 20;
export const mostPayload = 256 << 20;

export interface FrameWriter {
  /** The pieces of the next frame, in order. Throws `FrameProblem` where it would be too long. */
  next: (header: Header, payload?: readonly Uint8Array[]) => Uint8Array[];
}

export function createFrameWriter(): FrameWriter {
  let sequence = 0;
  return {
    next(header, payload = []) {
      const text = Buffer.from(JSON.stringify(header), 'utf8');
      const bytes = payload.reduce((sum, piece) => sum + piece.byteLength, 0);
      refuseLong('header', text.length, mostHeader);
      refuseLong('payload', bytes, mostPayload);
      const start = Buffer.alloc(beginning);
      start.write(magic, 'latin1');
      start.writeUInt32LE(text.length, 4);
      start.writeUInt32LE(bytes, 8);
      start.writeUInt32LE(sequence, 12);
      sequence += 1;
      return [start, text, ...payload];
    },
  };
}

export interface FrameReader {
  /** The frames that are complete with these bytes. Throws `FrameProblem` at the first that is none; none follow it. */
  push: (chunk: Uint8Array) => Frame[];
  /** Throws `FrameProblem` where the bytes end in the middle of a frame. */
  end: () => void;
}

export function createFrameReader(): FrameReader {
  const bytes = createByteQueue();
  let sequence = 0;
  let lengths: { header: number; payload: number } | null = null;
  const take = (): Frame | null => {
    if (!lengths) {
      const start = bytes.take(beginning);
      if (!start) return null;
      lengths = readBeginning(start, sequence);
      sequence += 1;
    }
    const whole = bytes.take(lengths.header + lengths.payload);
    if (!whole) return null;
    const header = readHeader(whole.subarray(0, lengths.header));
    const payload = whole.slice(lengths.header);
    lengths = null;
    return { header, payload };
  };
  return {
    push(chunk) {
      bytes.add(chunk);
      const frames: Frame[] = [];
      for (let frame = take(); frame; frame = take()) frames.push(frame);
      return frames;
    },
    end() {
      const missing = (lengths ? lengths.header + lengths.payload : beginning) - bytes.length();
      if (lengths || bytes.length() > 0)
        throw new FrameProblem(`the pipe ended ${missing} bytes before the end of a frame`);
    },
  };
}

function readBeginning(start: Uint8Array, sequence: number): { header: number; payload: number } {
  const found = Buffer.from(start.buffer, start.byteOffset, beginning);
  const began = found.toString('latin1', 0, 4);
  if (began !== magic) throw new FrameProblem(`a frame begins with ${JSON.stringify(began)} and not with "${magic}"`);
  const number = found.readUInt32LE(12);
  if (number !== sequence) throw new FrameProblem(`frame ${number} came where frame ${sequence} was due`);
  const lengths = { header: found.readUInt32LE(4), payload: found.readUInt32LE(8) };
  refuseLong('header', lengths.header, mostHeader);
  refuseLong('payload', lengths.payload, mostPayload);
  return lengths;
}

function refuseLong(what: string, length: number, most: number): void {
  if (length > most) throw new FrameProblem(`a ${what} of ${length} bytes is longer than ${most}`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readHeader(bytes: Uint8Array): Header {
  let header: Json;
  try {
    header = JSON.parse(utf8.decode(bytes)) as Json;
  } catch {
    throw new FrameProblem('a header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new FrameProblem('a header is not an object');
  return header;
}

interface ByteQueue {
  add: (chunk: Uint8Array) => void;
  length: () => number;
  /** So many bytes from the front, copied; null where there are fewer. */
  take: (count: number) => Uint8Array<ArrayBuffer> | null;
}

/** Chunks are kept as they came, so that a long payload is copied once. */
function createByteQueue(): ByteQueue {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    add(chunk) {
      if (chunk.length > 0) chunks.push(chunk);
      length += chunk.length;
    },
    length: () => length,
    take(count) {
      if (count > length) return null;
      const taken = new Uint8Array(count);
      let at = 0;
      while (at < count) {
        const first = chunks[0] as Uint8Array;
        const piece = first.subarray(0, count - at);
        taken.set(piece, at);
        at += piece.length;
        if (piece.length === first.length) chunks.shift();
        else chunks[0] = first.subarray(piece.length);
      }
      length -= count;
      return taken;
    },
  };
}
