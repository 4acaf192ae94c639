/** The inner loop of the rectifier's gradient: one pass where two operations take two. */
import type { Code, FunctionSource } from './assemble';
import { advance, four, get, integer, mask, repeat, set } from './instructions';

/** out = dy where y is above zero, else 0; `groups` of four values. */
export const reluGradient: FunctionSource = {
  name: 'reluGradient',
  parameters: ['dy', 'y', 'out', 'groups'],
  locals: { zero: 'v128' },
  body: (local) => {
    const read = (name: string): Code => get(local(name));
    const above = mask.greater(four.load(read('y'), 0), read('zero'));
    return [
      set(local('zero'), four.zero),
      repeat(local('groups'), [
        four.store(read('out'), 0, mask.and(four.load(read('dy'), 0), above)),
        ['dy', 'y', 'out'].map((name) => advance(local(name), integer.constant(16))),
      ]),
    ];
  },
};
