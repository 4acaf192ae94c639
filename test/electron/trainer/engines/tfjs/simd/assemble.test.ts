/** The assembler against the specification's examples, and against the engine that runs what it writes. */
import { expect, it } from 'vitest';
import {
  assemble,
  signed,
  unsigned,
  type FunctionSource,
} from '../../../../../../electron/trainer/engines/tfjs/simd/assemble';
import { advance, four, get, integer, repeat } from '../../../../../../electron/trainer/engines/tfjs/simd/instructions';

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly validate: (bytes: Uint8Array) => boolean;
};

it('encodes numbers as LEB128', () => {
  expect(unsigned(3)).toEqual([3]);
  expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
  expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
  expect(signed(64)).toEqual([0xc0, 0]);
  expect(signed(-1)).toEqual([0x7f]);
});

/** to[i] += from[i], four floats at a time. */
const addTo: FunctionSource = {
  name: 'addTo',
  parameters: ['from', 'to', 'groups'],
  locals: {},
  body: (local) => [
    repeat(local('groups'), [
      four.store(get(local('to')), 0, four.add(four.load(get(local('to')), 0), four.load(get(local('from')), 0))),
      ['from', 'to'].map((name) => advance(local(name), integer.constant(16))),
    ]),
  ],
};

it('writes a module that runs on the memory it is given', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(assemble([addTo]));
  const loop = new WebAssembly.Instance(module, { env: { memory } }).exports['addTo'] as (...x: number[]) => void;
  const floats = new Float32Array(memory.buffer);
  for (let i = 0; i < 16; i++) floats[i] = i;
  loop(0, 32, 2);
  expect([...floats.slice(0, 17)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 0]);
});

it('refuses a local that was never declared', () => {
  expect(() => assemble([{ ...addTo, parameters: ['from', 'to'] }])).toThrow("There is no local 'groups'");
});
