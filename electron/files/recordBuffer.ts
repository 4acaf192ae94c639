/** Records on their way to the log, in one piece of memory that is reused: a training step costs no allocation here. */
import { crc32c } from './crc32c';
import { largestPayload, recordHeaderBytes, recordMark } from './logFormat';

/** The payload that is being filled: both views start at its first byte. */
export interface OpenPayload {
  readonly view: DataView;
  readonly floats: Float32Array;
}

export interface RecordBuffer {
  /** Makes room for a record; its payload must be filled, then sealed, before the next one. */
  add(kind: number, payloadBytes: number): OpenPayload;
  /** Puts the checksum on the record that `add` began. */
  seal(): void;
  /** A record of JSON, padded with spaces to whole words. */
  addJson(kind: number, value: unknown): void;
  /** All sealed records, as they go to the file. Valid until the next `add` or `drop`. */
  pending(): Uint8Array;
  /** Forgets the first `count` bytes of what is pending. */
  drop(count: number): void;
}

export function createRecordBuffer(capacity = 256 * 1024): RecordBuffer {
  let bytes = new Uint8Array(capacity);
  let used = 0;
  let openAt = 0;

  function reserve(count: number): void {
    if (used + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, used + count));
    larger.set(bytes.subarray(0, used));
    bytes = larger;
  }

  function begin(kind: number, payloadBytes: number): number {
    if (payloadBytes > largestPayload || payloadBytes % 4 !== 0) throw new RangeError('no such record size');
    reserve(recordHeaderBytes + payloadBytes);
    openAt = used;
    used += recordHeaderBytes + payloadBytes;
    const header = new DataView(bytes.buffer, openAt);
    header.setUint32(0, payloadBytes, true);
    header.setUint8(4, kind);
    header.setUint32(4, recordMark(bytes, openAt, kind), true);
    return openAt + recordHeaderBytes;
  }

  function seal(): void {
    const payloadAt = openAt + recordHeaderBytes;
    const sum = crc32c(bytes, payloadAt, used, crc32c(bytes, openAt, openAt + 8));
    new DataView(bytes.buffer).setUint32(openAt + 8, sum, true);
  }

  return {
    add(kind, payloadBytes) {
      const at = begin(kind, payloadBytes);
      return {
        view: new DataView(bytes.buffer, at, payloadBytes),
        floats: new Float32Array(bytes.buffer, at, payloadBytes / 4),
      };
    },
    seal,
    addJson(kind, value) {
      const text = new TextEncoder().encode(JSON.stringify(value));
      const padded = (text.length + 3) & ~3;
      const at = begin(kind, padded);
      bytes.set(text, at);
      bytes.fill(0x20, at + text.length, at + padded);
      seal();
    },
    pending: () => bytes.subarray(0, used),
    drop(count) {
      bytes.copyWithin(0, count, used);
      used -= count;
    },
  };
}
