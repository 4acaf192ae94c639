/** The inner loop of max pooling's gradient: one window, four channels at a time. */
import type { Code, FunctionSource } from './assemble';
import { advance, four, get, integer, mask, repeat, set } from './instructions';

/**
 * Adds dy to dx at the first tap of the window whose x equals the output y; `groups` of four channels. The window has `rows` times
 * `columns` taps, `rowStep` and `columnStep` bytes apart; x and dx lie `toGradient` bytes apart.
 */
export const maxPoolWindow: FunctionSource = {
  name: 'maxPoolWindow',
  parameters: ['x', 'y', 'dy', 'toGradient', 'groups', 'rows', 'columns', 'rowStep', 'columnStep'],
  locals: {
    row: 'i32',
    column: 'i32',
    rowStart: 'i32',
    tap: 'i32',
    target: 'i32',
    largest: 'v128',
    upstream: 'v128',
    open: 'v128',
    chosen: 'v128',
  },
  body: (local) => {
    const read = (name: string): Code => get(local(name));
    const perTap: Code = [
      set(local('chosen'), mask.and(mask.equal(four.load(read('tap'), 0), read('largest')), read('open'))),
      set(local('open'), mask.without(read('open'), read('chosen'))),
      set(local('target'), integer.add(read('tap'), read('toGradient'))),
      four.store(read('target'), 0, four.add(four.load(read('target'), 0), mask.and(read('upstream'), read('chosen')))),
      advance(local('tap'), read('columnStep')),
    ];
    const perRow: Code = [
      set(local('tap'), read('rowStart')),
      set(local('column'), read('columns')),
      repeat(local('column'), perTap),
      advance(local('rowStart'), read('rowStep')),
    ];
    const perGroup: Code = [
      set(local('largest'), four.load(read('y'), 0)),
      set(local('upstream'), four.load(read('dy'), 0)),
      set(local('open'), mask.all),
      set(local('rowStart'), read('x')),
      set(local('row'), read('rows')),
      repeat(local('row'), perRow),
      ['x', 'y', 'dy'].map((name) => advance(local(name), integer.constant(16))),
    ];
    return repeat(local('groups'), perGroup);
  },
};
