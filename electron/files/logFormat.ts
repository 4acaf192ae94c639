/**
 * The bytes of `metrics.log`: a header, then records that only ever get appended.
 *
 *   header  magic (8 bytes) | u32 version | u32 CRC-32C of the 12 bytes before
 *   record  u32 payload bytes, a multiple of 4 | u8 kind | low 24 bits of the CRC-32C of those 5 bytes
 *           | u32 CRC-32C of those 8 bytes and the payload | payload
 *
 * The header of a record has a checksum of its own, so that a damaged length is told from a file that was cut short.
 * All little-endian; so is every machine that this runs on, which is why columns are copied as they lie in memory.
 */
import { crc32c } from './crc32c';

const logMagic = Uint8Array.of(0x89, 0x4e, 0x4c, 0x4c, 0x4f, 0x47, 0x0d, 0x0a);
const logVersion = 1;
export const logHeaderBytes = 16;
export const recordHeaderBytes = 12;
/** No record is larger, so that a damaged length never makes a reader allocate gigabytes. */
export const largestPayload = 64 * 2 ** 20;

/** Kinds are never reused; a reader passes over kinds it does not know. */
export const recordKinds = { event: 1, names: 2, scalars: 3, layers: 4, layerBucket: 5 } as const;

export function logHeader(): Uint8Array {
  const header = new Uint8Array(logHeaderBytes);
  header.set(logMagic);
  const view = new DataView(header.buffer);
  view.setUint32(8, logVersion, true);
  view.setUint32(12, crc32c(header, 0, 12), true);
  return header;
}

export type HeaderState = 'whole' | 'cut' | 'newer' | 'foreign';

/** `cut`: the bytes are the beginning of a header, as a crash at the very start leaves it. */
export function checkLogHeader(bytes: Uint8Array): HeaderState {
  const expected = logHeader();
  const common = Math.min(bytes.length, logHeaderBytes);
  let equal = 0;
  while (equal < common && bytes[equal] === expected[equal]) equal += 1;
  if (equal === logHeaderBytes) return 'whole';
  if (equal === bytes.length) return 'cut';
  if (equal < logMagic.length || bytes.length < logHeaderBytes) return 'foreign';
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const sound = view.getUint32(12, true) === crc32c(bytes, 0, 12);
  return sound && view.getUint32(8, true) > logVersion ? 'newer' : 'foreign';
}

/** Kind and checksum of length and kind, as one word. */
export function recordMark(bytes: Uint8Array, at: number, kind: number): number {
  return ((crc32c(bytes, at, at + 5) << 8) | kind) >>> 0;
}

export interface Frame {
  readonly kind: number;
  readonly payloadAt: number;
  readonly payloadEnd: number;
}

/** A whole record at a place; or how many bytes it needs before one can tell; or why it is none. */
export type FrameResult = { frame: Frame } | { needs: number } | { bad: string };

export function frameAt(bytes: Uint8Array, at: number, end: number): FrameResult {
  if (end - at < recordHeaderBytes) return { needs: recordHeaderBytes };
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const length = view.getUint32(0, true);
  const kind = view.getUint8(4);
  if (view.getUint32(4, true) !== recordMark(bytes, at, kind)) return { bad: 'the header of a record is damaged' };
  if (length > largestPayload || length % 4 !== 0) return { bad: 'a record has an impossible length' };
  const payloadAt = at + recordHeaderBytes;
  const payloadEnd = payloadAt + length;
  if (end < payloadEnd) return { needs: payloadEnd - at };
  const sum = crc32c(bytes, payloadAt, payloadEnd, crc32c(bytes, at, at + 8));
  if (sum !== view.getUint32(8, true)) return { bad: 'the checksum of a record differs' };
  return { frame: { kind, payloadAt, payloadEnd } };
}

/** How many of the first `end` bytes are whole records. */
export function wholeRecords(bytes: Uint8Array, end: number): number {
  let at = 0;
  for (;;) {
    const result = frameAt(bytes, at, end);
    if (!('frame' in result)) return at;
    at = result.frame.payloadEnd;
  }
}
