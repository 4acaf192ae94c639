/** Reads the payload of a log record back. Bad bytes give null, never an exception: a log is read as far as it is good. */
import type { RunEvent } from '../../shared/training/events';
import { recordKinds } from './logFormat';
import type { ColumnNames, Extent, LayerBlock, LayerBucket, LogRecord, ScalarBlock } from './logRecord';

/** `unknown`: sound, but of a kind that a later version writes. */
export type Decoded = LogRecord | 'unknown' | null;

/** `names` are those in force where the record stands. The payload is copied: what is returned owns its memory. */
export function decodeRecord(kind: number, payload: Uint8Array, names: ColumnNames): Decoded {
  switch (kind) {
    case recordKinds.event:
      return decodeEvent(payload);
    case recordKinds.names:
      return decodeNames(payload);
    case recordKinds.scalars:
      return decodeScalars(payload.slice(), names.scalarNames.length);
    case recordKinds.layers:
      return decodeLayers(payload.slice(), names.groupNames.length);
    case recordKinds.layerBucket:
      return decodeBucket(payload.slice(), names.groupNames.length);
    default:
      return 'unknown';
  }
}

function parseJson(payload: Uint8Array): object | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function decodeEvent(payload: Uint8Array): Decoded {
  const event = parseJson(payload);
  if (event === null || !('event' in event) || typeof event.event !== 'string') return null;
  // The checksum says that a writer of ours wrote it, and its type is the writer's.
  return { kind: 'event', event: event as RunEvent };
}

function decodeNames(payload: Uint8Array): Decoded {
  const names = parseJson(payload);
  if (names === null || !('scalarNames' in names) || !('groupNames' in names)) return null;
  const { scalarNames, groupNames } = names;
  if (!isTexts(scalarNames) || !isTexts(groupNames)) return null;
  return { kind: 'names', names: { scalarNames, groupNames } };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

interface Head {
  view: DataView;
  floats: Float32Array;
  firstStep: number;
  steps: number;
}

function readHead(payload: Uint8Array, headBytes: number, columns: number): Head | null {
  if (payload.length < headBytes) return null;
  const view = new DataView(payload.buffer);
  const firstStep = view.getFloat64(0, true);
  if (!Number.isSafeInteger(firstStep) || firstStep < 0 || view.getUint32(12, true) !== columns) return null;
  return { view, floats: new Float32Array(payload.buffer), firstStep, steps: view.getUint32(8, true) };
}

function decodeScalars(payload: Uint8Array, columns: number): Decoded {
  const head = readHead(payload, 16, columns);
  if (head === null || payload.length !== 16 + 4 * head.steps * columns) return null;
  const block: ScalarBlock = { firstStep: head.firstStep, steps: head.steps, values: head.floats.subarray(4) };
  return { kind: 'scalars', block };
}

function decodeLayers(payload: Uint8Array, groups: number): Decoded {
  const head = readHead(payload, 24, groups);
  if (head === null) return null;
  const { view, floats, firstStep, steps } = head;
  const rows = view.getUint32(16, true);
  if (payload.length !== 24 + 4 * (steps * groups + rows * (groups + 1))) return null;
  const rowsAt = 6 + steps * groups;
  const updateRatios = new Float32Array(steps * groups).fill(NaN);
  for (let index = 0; index < rows; index += 1) {
    const row = view.getUint32(4 * (rowsAt + index), true);
    if (row >= steps) return null;
    const from = rowsAt + rows + index * groups;
    updateRatios.set(floats.subarray(from, from + groups), row * groups);
  }
  const block: LayerBlock = { firstStep, steps, gradientNorms: floats.subarray(6, rowsAt), updateRatios };
  return { kind: 'layers', block };
}

function decodeBucket(payload: Uint8Array, groups: number): Decoded {
  const head = readHead(payload, 16, groups);
  if (head === null || payload.length !== 16 + 24 * groups) return null;
  const column = (index: number): Float32Array => head.floats.subarray(4 + index * groups, 4 + (index + 1) * groups);
  const extent = (from: number): Extent => ({
    minimum: column(from),
    maximum: column(from + 1),
    mean: column(from + 2),
  });
  const bucket: LayerBucket = {
    firstStep: head.firstStep,
    steps: head.steps,
    gradientNorms: extent(0),
    updateRatios: extent(3),
  };
  return { kind: 'layerBucket', bucket };
}
