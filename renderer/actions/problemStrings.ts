/** Words of what can be done about problems. */
import { defineStrings } from '../i18n/strings';

export const problemStrings = defineStrings(
  {
    repair: (title: string) => `Repair: ${title}`,
    next: 'Next problem',
    previous: 'Previous problem',
    repairFirst: 'Apply the first repair of the selected node',
  },
  {
    repair: (title) => `修复：${title}`,
    next: '下一个问题',
    previous: '上一个问题',
    repairFirst: '应用所选节点的首个修复',
  },
);
