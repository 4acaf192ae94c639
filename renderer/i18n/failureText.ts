/** What a request could not do, in the user's language: in Chinese what happened and the way out, then the exact words. */
import type { Failure } from '../../shared/ipc/define';
import type { FileFailureCode, ServiceFailureCode } from '../../shared/ipc/failureCodes';
import type { Language } from './language';
import { chineseSentence } from './sentenceText';

const chinese: Record<FileFailureCode | ServiceFailureCode, string> = {
  'disk-full': '磁盘空间不足，已完成的内容不会丢失。请释放空间或选择其他磁盘上的文件夹，然后重试。',
  'not-allowed': '系统不允许访问该文件。请检查文件及其文件夹的权限，或选择其他文件夹。',
  'not-found': '找不到该文件。请检查路径，或重新选择文件。',
  'disk-error': '读写磁盘时出错。请检查磁盘，然后重试。',
  damaged: '文件已损坏或不完整。请重新获取该文件，或使用备份。',
  unsupported: '不支持该文件的格式或版本。',
  'too-large': '文件过大。',
  'bad-value': '文件中有无效的值。请更正后重试。',
  checksum: '下载的文件与公布的校验和不一致，已丢弃。请重试，或换用其他镜像。',
  unreachable: '无法连接到下载地址。请检查网络，或设置其他镜像，然后重试。',
  cancelled: '操作已取消。',
  'design-invalid': '设计中有错误。请先在“问题”面板中更正。',
  'setting-invalid': '设置的值无效。请更正后重试。',
  'engine-unknown': '没有这个引擎。请选择列表中的引擎。',
  'engine-unavailable': '该引擎在此计算机上不可用。请选择其他引擎。',
  'engine-failed': '引擎未能完成计算。',
  'engine-lost': '引擎的进程意外结束。该运行可以继续。',
  'out-of-memory': '内存不足。请减小批大小或网络，然后重试。',
  'run-unknown': '找不到该运行，可能已被删除。',
  'run-busy': '该运行正在训练。请等它结束或先停止它。',
  'run-damaged': '该运行的文件已损坏。',
  'run-complete': '该运行已经完成，没有可继续的内容。',
  'checkpoint-missing': '该运行没有检查点，无法从中继续。',
  'checkpoint-mismatch': '检查点与设计不一致，无法载入。',
  'data-changed': '数据自该运行之后已更改。',
  'sample-unknown': '没有这个样本。',
  'trainer-lost': '训练进程意外结束。该运行可以继续。',
  'python-unavailable': '没有可用的 Python 环境。',
  'python-failed': 'Python 未能完成任务。',
  'install-failed': '安装未能完成。再次运行即可修复。',
  'export-impossible': '该设计无法导出到此目标。请按说明修改后重试。',
  'folder-taken': '该文件夹中有不是由 Netloom 写入或已被更改的文件，未作任何改动。请选择其他文件夹，或确认覆盖。',
  'message-invalid': '进程之间的消息无效。请重新启动 Netloom。',
  internal: 'Netloom 内部出错。请重试；若再次出现，请报告此问题。',
};

/** Sentences that are known are whole; else the exact words, which name the file, the row or the byte, are English. */
export function failureText({ code, message }: Pick<Failure, 'code' | 'message'>, language: Language): string {
  if (language === 'en') return message;
  const whole = chineseSentence(message);
  if (whole !== null) return whole;
  const known = Object.entries(chinese).find(([each]) => each === code)?.[1];
  return known === undefined ? message : `${known}（${message}）`;
}
