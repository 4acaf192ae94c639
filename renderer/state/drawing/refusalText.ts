/** Why a wire may not be drawn, in words. */
import { diagnosticText } from '../../i18n/diagnosticText';
import type { Language } from '../../i18n/language';
import { defineStrings } from '../../i18n/strings';
import type { Refusal } from './wireJudge';

const strings = defineStrings(
  {
    sameNode: 'A wire cannot end at the node it starts at.',
    cycle: 'This would close a cycle: data flow one way, from inputs to outputs.',
    noInput: 'Nothing can be wired into this node.',
    noOutput: 'No wire starts here: values leave the network at an Output.',
    exists: 'This wire is there already.',
  },
  {
    sameNode: '连线不能回到它的起始节点。',
    cycle: '这会形成环：数据只能单向流动，从输入到输出。',
    noInput: '该节点没有输入端口。',
    noOutput: '连线不能从这里开始：数据在 Output 处离开网络。',
    exists: '这条连线已经存在。',
  },
);

export function refusalText(refusal: Refusal, language: Language): string {
  return refusal.why === 'unfit' ? diagnosticText(refusal.problem, language) : strings[language][refusal.why];
}
