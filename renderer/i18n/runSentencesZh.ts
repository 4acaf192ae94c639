/** Chinese of what is said of the end of a run, and of the process that trained it. */
import type { processEnds, runSentences } from '../../shared/messages/runSentences';
import type { InChinese } from './inChinese';

export const runSentencesZh: InChinese<typeof runSentences> = {
  outOfMemory:
    '在第 {step} 步内存不足。请减小批大小（training.batchSize 为 {batchSize}）；training.accumulate 可用几个较小的批得到同样的更新。',
  outOfMemoryFits:
    '在第 {step} 步内存不足。请减小批大小（training.batchSize 为 {batchSize}，{fits} 可能合适）；training.accumulate 可用几个较小的批得到同样的更新。',
  notFinite:
    '损失在第 {step} 步变为{value}；权重保持在该步之前的状态。{where}减小学习率、裁剪梯度（training.clipNorm）或归一化输入通常有帮助。',
  notANumber: '非数（NaN）',
  infinite: '无穷大',
  minusInfinite: '负无穷大',
  inLoss: '所有节点的输出都是有限值，因此它产生于损失本身。',
  inNode: '第一个输出含非有限值的节点是 {node}：其中 {elements} 个值。',
  brokeOff: '训练中断：{why}',
  lost: '训练进程已结束：{why}该运行可以从最后一个检查点继续。',
  noLog: '缺少 {file}：无法得知其训练情况。',
  logTorn: '日志只有前一部分完好：{why}。此处显示完好的部分。',
};

export const processEndsZh: InChinese<typeof processEnds> = {
  exitCode: '退出码 {code}。',
  exitCodeSaying: '退出码 {code}。它输出：{lines}',
  signal: '信号 {signal}。',
  signalSaying: '信号 {signal}。它输出：{lines}',
  wasEnded: '它被终止。',
  endedItself: '它以退出码 {code} 结束',
  endedBy: '它被 {signal} 终止',
  killed: '它被系统或他人终止（SIGKILL），多半因为内存耗尽',
  notStarted: '{program} 无法启动（{cause}）',
};
