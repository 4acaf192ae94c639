/** Chinese of what can be wrong with the data, losses, metrics and the training configuration. */
import type { MessageArguments } from '../../shared/messages';
import type { dataMessages } from '../../shared/messages/dataMessages';
import type { trainingMessages } from '../../shared/messages/trainingMessages';
import { didYouMeanZh } from './didYouMeanZh';
import { fragmentZh } from './fragmentZh';
import { lossesZh, metricsZh } from './trainingZh';

type Code = keyof typeof dataMessages | keyof typeof trainingMessages;
type Table = { readonly [Name in Code]: (a: MessageArguments<Name>) => string };

export const dataMessagesZh: Table = {
  unknownDataSet: (a) =>
    `没有名为“${a.source}”的数据集。${a.near.length > 0 ? didYouMeanZh(a.near) : `可用：${a.known.join('、')}。`}`,
  unknownDataParam: (a) => `数据集 ${a.source} 没有参数“${a.param}”；它的参数：${a.known.join('、') || '无'}。`,
  invalidDataParam: (a) => `data.${a.param}（${a.source}）：应为${fragmentZh(a.expected)}，实际为 ${a.received}。`,

  noOutput: () => '设计没有 Output，因此没有可训练的目标。请在最后一层之后添加 Output。',
  lossOutputUnfit: (a) => `${titleZh(a.loss)}需要${fragmentZh(a.expected)}，而 Output 收到 ${a.received}。`,
  targetUnfit: (a) =>
    `输出为 ${a.output} 时，${titleZh(a.loss)}需要${fragmentZh(a.expected)}；字段“${a.field}”每个样本是 ${fragmentZh(a.received)}。`,
  targetOutOfRange: (a) =>
    `${titleZh(a.loss)}需要${fragmentZh(a.expected)}，而字段“${a.field}”从 ${a.lowest} 到 ${a.highest}。`,
  scoresTooFew: (a) =>
    `${titleZh(a.loss)}需要为“${a.field}”的 ${a.classes} 个类别各给一个得分，而 Output 只收到 ${a.scores} 个。`,
  scoresSpare: (a) => `Output 收到 ${a.scores} 个得分，而“${a.field}”只有 ${a.classes} 个类别：多余的永远不会正确。`,
  metricUnfit: (a) => `${titleZh(a.metric)}需要${fragmentZh(a.expected)}，实际收到 ${fragmentZh(a.received)}。`,
  nothingToTrain: () => '设计中没有一层带有可训练的权重，因此训练不会改变任何东西。请添加 Dense 或 Conv2D。',
  invalidSetting: (a) => `${a.path}：${fragmentZh(a.detail)}。请修正设计的这项设置。`,
  unknownField: (a) =>
    `${a.param}：数据集没有字段“${a.field}”；它的字段：${a.known.join('、') || '无'}。${didYouMeanZh(a.near)}`,
  noFieldLeft: (a) =>
    `${a.param}：数据集没有剩余的字段可用（${a.known.join('、') || '它没有字段'}）。请指明字段，或换用其他数据。`,
  inputUnfit: (a) =>
    `数据集的字段“${a.field}”每个样本是 ${fragmentZh(a.received)}，而该 Input 需要 ${fragmentZh(a.expected)}。`,
  indexOutOfRange: (a) =>
    `vocabulary：字段“${a.field}”的索引从 ${a.lowest} 到 ${a.highest}，而表只有 0 到 ${a.most} 行。`,
  unknownMonitor: (a) =>
    `training.monitor：应为 ${a.known.join('、')} 之一，实际为“${a.monitor}”。${didYouMeanZh(a.near)}`,
  activationBeforeLoss: (a) =>
    `${titleZh(a.loss)}本身已包含 ${a.activation}，因此紧接其前的 ${a.activation}“${a.node}”会使梯度变平。请移除它，或说明损失的输入是概率。`,
  tensorTooLarge: (a) =>
    `它的${fragmentZh(a.what)}（${a.shape}）超过 ${a.most} 个元素。请减小 ${fragmentZh(a.reduce)}。`,
  tensorEmpty: (a) =>
    `它的${fragmentZh(a.what)}（${a.shape}）没有元素：每个尺寸须不小于 1。请增大到达它的值，或它的尺寸。`,
  memoryTooLarge: (a) =>
    `批大小为 ${a.batchSize} 时训练约需 ${a.needed}，应不超过 ${a.most}；该节点占最大的部分。请减小 ${fragmentZh(a.reduce)}。`,
};

const titles = new Map([
  ['Cross-entropy', lossesZh['crossEntropy']?.title],
  ['Binary cross-entropy', lossesZh['binaryCrossEntropy']?.title],
  ['Mean squared error', lossesZh['meanSquaredError']?.title],
  ['Accuracy', metricsZh['accuracy']?.title],
  ['Top-k accuracy', metricsZh['topK']?.title],
  ['Confusion matrix', metricsZh['confusionMatrix']?.title],
  ['Mean absolute error', metricsZh['meanAbsoluteError']?.title],
]);

/** Losses and metrics name themselves in sentences by their English title. */
function titleZh(title: string): string {
  return titles.get(title) ?? `${title} `;
}
