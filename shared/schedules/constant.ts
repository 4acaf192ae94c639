/** A learning rate that stays as it is. */
import { defineSchedule } from './define';

export const constant = defineSchedule({
  type: 'constant',
  title: 'Constant',
  aliases: ['Fixed'],
  summary: 'The same learning rate from the first step to the last.',
  params: {},
  factor: () => 1,
});
