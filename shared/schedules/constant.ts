/** A learning rate that stays as it is. */
import { defineSchedule } from './define';
import { code } from '../ir/emit/code';

export const constant = defineSchedule({
  type: 'constant',
  title: 'Constant',
  aliases: ['Fixed'],
  summary: 'The same learning rate from the first step to the last.',
  params: {},
  factor: () => 1,
  emit: {
    keras: ({ names }) => ({ expression: names.learningRate, moves: 'never' }),
    pytorch: () => ({ expression: null, moves: 'never' }),
    tfjs: () => ({ expression: code`1`, moves: 'never' }),
  },
});
