/** The instructions our loops use, by the names of the WebAssembly specification. */
import { signed, unsigned, type Code } from './assemble';

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];

export const integer = {
  constant: (value: number): Code => [0x41, signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  subtract: (a: Code, b: Code): Code => [a, b, 0x6b],
};

/** local += distance. */
export const advance = (local: number, distance: Code): Code => set(local, integer.add(get(local), distance));

/** Runs the body as often as the local counts, at least once; the local ends at zero. */
export function repeat(counter: number, body: Code): Code {
  const decremented = [get(counter), integer.constant(1), 0x6b, 0x22, unsigned(counter)];
  return [0x03, 0x40, body, decremented, 0x0d, 0, 0x0b];
}

/** The same arithmetic on one float or on four at once. */
export interface Lanes {
  readonly type: 'f32' | 'v128';
  readonly bytes: number;
  readonly zero: Code;
  readonly load: (address: Code, offset: number) => Code;
  /** One float at the address, in every lane. */
  readonly spread: (address: Code, offset: number) => Code;
  readonly store: (address: Code, offset: number, value: Code) => Code;
  readonly add: (a: Code, b: Code) => Code;
  readonly subtract: (a: Code, b: Code) => Code;
  readonly multiply: (a: Code, b: Code) => Code;
  readonly divide: (a: Code, b: Code) => Code;
  readonly squareRoot: (a: Code) => Code;
}

const simd = (operation: number): Code => [0xfd, unsigned(operation)];

/** The alignment is a hint of 4 bytes: tensors are aligned, their rows of channels not always to 16. */
const at = (offset: number): Code => [2, unsigned(offset)];

export const four: Lanes = {
  type: 'v128',
  bytes: 16,
  zero: [simd(0x0c), new Array<number>(16).fill(0)],
  load: (address, offset) => [address, simd(0x00), at(offset)],
  spread: (address, offset) => [address, simd(0x09), at(offset)],
  store: (address, offset, value) => [address, value, simd(0x0b), at(offset)],
  add: (a, b) => [a, b, simd(0xe4)],
  subtract: (a, b) => [a, b, simd(0xe5)],
  multiply: (a, b) => [a, b, simd(0xe6)],
  divide: (a, b) => [a, b, simd(0xe7)],
  squareRoot: (a) => [a, simd(0xe3)],
};

export const one: Lanes = {
  type: 'f32',
  bytes: 4,
  zero: [0x43, 0, 0, 0, 0],
  load: (address, offset) => [address, 0x2a, at(offset)],
  spread: (address, offset) => [address, 0x2a, at(offset)],
  store: (address, offset, value) => [address, value, 0x38, at(offset)],
  add: (a, b) => [a, b, 0x92],
  subtract: (a, b) => [a, b, 0x93],
  multiply: (a, b) => [a, b, 0x94],
  divide: (a, b) => [a, b, 0x95],
  squareRoot: (a) => [a, 0x91],
};

/** Masks of four lanes: all bits of a lane set, or none. */
export const mask = {
  all: [simd(0x0c), new Array<number>(16).fill(0xff)] as Code,
  equal: (a: Code, b: Code): Code => [a, b, simd(0x41)],
  greater: (a: Code, b: Code): Code => [a, b, simd(0x44)],
  and: (a: Code, b: Code): Code => [a, b, simd(0x4e)],
  /** a and not b. */
  without: (a: Code, b: Code): Code => [a, b, simd(0x4f)],
};
