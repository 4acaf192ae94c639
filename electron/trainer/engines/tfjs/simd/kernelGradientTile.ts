/** The inner loop of a convolution's kernel gradient: a tile of input times output channels, summed over pixels. */
import type { Code, FunctionSource } from './assemble';
import { advance, four, get, integer, one, repeat, set, type Lanes } from './instructions';

/** Input channels a tile, and output channels a tile; the accumulators of the largest tile just fit the registers. */
export const inputTiles = [4, 1] as const;
export const outputTiles = [8, 4, 1] as const;

export function kernelGradientTileName(inputs: number, outputs: number): string {
  return `kernelGradient${inputs}x${outputs}`;
}

/**
 * out[i * outStep + o] += sum over rows and pixels of x[i] * dy[o]. All distances in bytes; `xSkip` and `dySkip` lead from the
 * end of one row of pixels to the start of the next.
 */
export function kernelGradientTile(inputs: number, outputs: number): FunctionSource {
  const lanes: Lanes = outputs % 4 === 0 ? four : one;
  const vectors = (outputs * 4) / lanes.bytes;
  const inputList = Array.from({ length: inputs }, (_, i) => i);
  const vectorList = Array.from({ length: vectors }, (_, v) => v);
  const sumName = (i: number, v: number): string => `sum${i}_${v}`;
  const sums = inputList.flatMap((i) => vectorList.map((v) => sumName(i, v)));
  const registers = [...sums, ...vectorList.map((v) => `upstream${v}`), 'value'];
  return {
    name: kernelGradientTileName(inputs, outputs),
    parameters: ['x', 'dy', 'out', 'rows', 'pixels', 'xStep', 'dyStep', 'xSkip', 'dySkip', 'outStep'],
    locals: { pixel: 'i32', ...Object.fromEntries(registers.map((name) => [name, lanes.type])) },
    body: (local) => {
      const read = (name: string): Code => get(local(name));
      const perPixel: Code = [
        vectorList.map((v) => set(local(`upstream${v}`), lanes.load(read('dy'), v * lanes.bytes))),
        inputList.map((i): Code => [
          set(local('value'), lanes.spread(read('x'), i * 4)),
          vectorList.map((v) => {
            const product = lanes.multiply(read('value'), read(`upstream${v}`));
            return set(local(sumName(i, v)), lanes.add(read(sumName(i, v)), product));
          }),
        ]),
        advance(local('x'), read('xStep')),
        advance(local('dy'), read('dyStep')),
      ];
      const perRow: Code = [
        set(local('pixel'), read('pixels')),
        repeat(local('pixel'), perPixel),
        advance(local('x'), read('xSkip')),
        advance(local('dy'), read('dySkip')),
      ];
      const write = inputList.map((i): Code => [
        vectorList.map((v) => {
          const offset = v * lanes.bytes;
          const total = lanes.add(lanes.load(read('out'), offset), read(sumName(i, v)));
          return lanes.store(read('out'), offset, total);
        }),
        set(local('out'), integer.add(read('out'), read('outStep'))),
      ]);
      return [repeat(local('rows'), perRow), write];
    },
  };
}
