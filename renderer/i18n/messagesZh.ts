/** Every diagnostic in Chinese, by code and from its arguments: a code without one is a type error. */
import type { MessageArguments, MessageCode } from '../../shared/messages';
import { dataMessagesZh } from './dataMessagesZh';
import { didYouMeanZh } from './didYouMeanZh';
import { fragmentZh } from './fragmentZh';
import { graphMessagesZh } from './graphMessagesZh';

type MessagesZh = { readonly [Code in MessageCode]: (a: MessageArguments<Code>) => string };

export const messagesZh: MessagesZh = {
  ...graphMessagesZh,
  ...dataMessagesZh,

  designNotJson: (a) => `${a.file} 不是 JSON：${a.detail}。请用文本编辑器打开并修正该处，或恢复更早的版本。`,
  designVersionUnknown: (a) =>
    `${a.file} 的格式版本是 ${a.version}；此版 Netloom 可读${a.newest === 1 ? '版本 1' : `版本 1 到 ${a.newest}`}。请更新 Netloom，或用旧版保存该设计。`,
  designInvalid: (a) => `${a.file}：${a.place}：${fragmentZh(a.detail)}。请修正文件中的这一项。`,
  settingUnreadable: (a) => `设置应写成 路径=值，例如 training.epochs=5；实际为 ${JSON.stringify(a.text)}。`,
  settingUnknown: (a) => `没有设置“${a.path}”。${didYouMeanZh(a.near)}可用的设置：${a.known.join('、')}。`,
  settingInvalid: (a) => `设置 ${a.path} 不合适：${fragmentZh(a.detail)}。`,
  clipboardUnreadable: () => '复制的内容不是 Netloom 设计的一部分，因此无法粘贴。',

  wrongRank: (a) => `${a.layer} 需要${fragmentZh(a.expected)}，实际收到 ${a.received}。`,
  wrongDataType: (a) => `${a.layer} 需要类型为 ${fragmentZh(a.expected)} 的值，实际收到 ${a.received}。`,
  sizeNotKnown: (a) => `${a.layer} 需要已知的尺寸，实际收到 ${a.received}。请给 Input 一个固定的形状。`,
  windowTooLarge: (a) =>
    `${a.layer} 的窗口需要至少 ${a.window} 的输入，实际收到 ${a.received}。请减小 ${a.param} 或增加填充。`,
  groupsDoNotDivide: (a) => `${a.layer} 的分组数须整除 ${a.count} 个${fragmentZh(a.of)}，实际为 ${a.groups} 组。`,
  paddingTooLarge: (a) => `${a.layer} 每一边的填充须小于 ${a.window} 的窗口，实际为 ${a.received}。`,
  axisOutOfRange: (a) => `${a.layer} 需要输入中除批次轴 0 以外的轴，实际设为 ${a.received} 的第 ${a.axis} 轴。`,
  sizesDiffer: (a) =>
    `${a.layer} 需要${fragmentZh(a.expected)}，但 ${a.firstPort} 是 ${a.first}，而 ${a.secondPort} 是 ${a.second}。`,
  reshapeElementsDiffer: (a) =>
    `变形为 ${a.shape} 时每个样本需要${/^\d+$/.test(a.expected) ? ` ${a.expected} 个` : fragmentZh(a.expected)}元素，实际收到 ${a.received}，有 ${a.elements} 个。`,
  reshapeShapeInvalid: (a) => `Reshape 的尺寸须不小于 1，至多一个 -1 表示其余部分，实际形状为 ${a.shape}。`,
  onnxTooLarge: (a) =>
    `ONNX 模型将有 ${(a.bytes / 2 ** 30).toFixed(2)} GB，而一个 ONNX 文件须小于 2 GB。请减小各层，或导出到 PyTorch、Keras 或 tfjs。`,
  inputMissing: (a) => `${a.layer} 需要一条连到 ${a.port} 的连线，${fragmentZh(a.because)}。`,
};
