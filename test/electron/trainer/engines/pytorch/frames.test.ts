/** Frames come back whole however the pipe cuts them; whatever is no frame is named, at once and for good. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createFrameReader,
  createFrameWriter,
  FrameProblem,
  mostHeader,
  mostPayload,
  type Frame,
  type Header,
} from '../../../../../electron/trainer/engines/pytorch/frames';

const headers = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<Header>;
const messages = fc.array(fc.record({ header: headers, payload: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 6 });

function written(all: readonly { header: Header; payload: Uint8Array }[]): Buffer {
  const writer = createFrameWriter();
  return Buffer.concat(all.flatMap(({ header, payload }) => writer.next(header, [payload])));
}

/** Pushes the bytes in pieces of these sizes, the rest in one. */
function readIn(bytes: Uint8Array, sizes: readonly number[]): Frame[] {
  const reader = createFrameReader();
  const frames: Frame[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    frames.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  reader.end();
  return frames;
}

const plain = (frames: readonly Frame[]): unknown[] =>
  frames.map(({ header, payload }) => [JSON.parse(JSON.stringify(header)) as unknown, [...payload]]);

const one = (header: Header = { id: 1 }, payload = Uint8Array.of(1, 2, 3)): Buffer => written([{ header, payload }]);

function problem(bytes: Uint8Array): string {
  const reader = createFrameReader();
  try {
    reader.push(bytes);
    reader.end();
  } catch (error) {
    if (error instanceof FrameProblem) return error.message;
    throw error;
  }
  return 'fine';
}

describe('frames', () => {
  it('come back whole, in order, wherever the pipe cuts them', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(40), { maxLength: 60 }), (all, sizes) => {
        const expected = all.map(({ header, payload }) => [
          JSON.parse(JSON.stringify(header)) as unknown,
          [...payload],
        ]);
        expect(plain(readIn(written(all), sizes))).toEqual(expected);
      }),
    );
  });

  it('carry columns of any width: the payload lies in memory of its own', () => {
    const numbers = Float64Array.of(0.1, -2, Infinity);
    const bytes = Buffer.concat([
      one(),
      Buffer.concat(createFrameWriter().next({ a: 1 }, [new Uint8Array(numbers.buffer)])),
    ]);
    bytes.writeUInt32LE(1, one().length + 12);
    const [, second] = readIn(bytes, [1, 2, 3]);
    expect(second?.payload.byteOffset).toBe(0);
    expect(new Float64Array(second?.payload.buffer ?? new ArrayBuffer(0))).toEqual(numbers);
  });

  it('that are cut off are told with what is missing, at whatever byte', () => {
    const bytes = one({ id: 7, text: 'wörter' });
    for (let kept = 1; kept < bytes.length; kept += 1)
      expect(problem(bytes.subarray(0, kept)), `${kept} bytes`).toMatch(
        /^the pipe ended \d+ bytes before the end of a frame$/,
      );
    expect(problem(bytes)).toBe('fine');
    expect(problem(new Uint8Array(0))).toBe('fine');
  });

  it('out of order, doubled or left out are told by their numbers', () => {
    const [first, second] = [one({ id: 0 }), Buffer.from(one({ id: 1 }))];
    second.writeUInt32LE(1, 12);
    expect(problem(Buffer.concat([first, second]))).toBe('fine');
    expect(problem(second)).toBe('frame 1 came where frame 0 was due');
    expect(problem(Buffer.concat([first, first]))).toBe('frame 0 came where frame 1 was due');
  });

  it('that would be too long are refused before a byte of them is awaited', () => {
    const long = (at: number, length: number): Buffer => {
      const bytes = Buffer.from(one());
      bytes.writeUInt32LE(length, at);
      return bytes.subarray(0, 16);
    };
    expect(problem(long(4, mostHeader + 1))).toBe(`a header of ${mostHeader + 1} bytes is longer than ${mostHeader}`);
    expect(problem(long(8, 0xffffffff))).toBe(`a payload of ${0xffffffff} bytes is longer than ${mostPayload}`);
    const writer = createFrameWriter();
    expect(() => writer.next({ text: 'x'.repeat(mostHeader) })).toThrow(FrameProblem);
    // What was refused took no number.
    expect(Buffer.concat(writer.next({ id: 1 }, [Uint8Array.of(1, 2, 3)]))).toEqual(one());
  });

  it('with headers that are no JSON objects are refused', () => {
    const raw = (text: Buffer): Buffer => {
      const start = Buffer.from(one().subarray(0, 16));
      start.writeUInt32LE(text.length, 4);
      start.writeUInt32LE(0, 8);
      return Buffer.concat([start, text]);
    };
    expect(problem(raw(Buffer.from('{"id": NaN}')))).toBe('a header is not JSON');
    expect(problem(raw(Buffer.from('{"id": 1')))).toBe('a header is not JSON');
    expect(problem(raw(Buffer.of(0x22, 0xff, 0x22)))).toBe('a header is not JSON');
    for (const text of ['[1]', 'null', '"text"', '3'])
      expect(problem(raw(Buffer.from(text)))).toBe('a header is not an object');
  });

  it('of a library that prints in between are told by what stands in their place', () => {
    expect(problem(Buffer.concat([Buffer.from('Hello from a library\n'), one()]))).toBe(
      'a frame begins with "Hell" and not with "NLF1"',
    );
  });

  it('changed in any byte never hang or throw anything else', () => {
    const bytes = written([
      { header: { id: 1, text: 'abc' }, payload: Uint8Array.of(1, 2, 3) },
      { header: { id: 2 }, payload: Uint8Array.of(4) },
    ]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ change;
        const said = problem(changed);
        // In the fixed beginnings every byte counts; inside header and payload other bytes may be fine.
        if (at < 16) expect(said).not.toBe('fine');
        expect(typeof said).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 200 }), (noise) => {
        expect(problem(noise)).not.toBe('fine');
      }),
    );
  });
});
