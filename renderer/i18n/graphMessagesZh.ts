/** Chinese of what can be wrong with the drawing as a graph: nodes, wires, blocks, parameters. */
import type { MessageArguments } from '../../shared/messages';
import type { graphMessages } from '../../shared/messages/graphMessages';
import { didYouMeanZh } from './didYouMeanZh';
import { fragmentZh } from './fragmentZh';

type Table = { readonly [Code in keyof typeof graphMessages]: (a: MessageArguments<Code>) => string };

export const graphMessagesZh: Table = {
  unknownLayer: (a) => `没有名为“${a.layer}”的层。${didYouMeanZh(a.near)}`,
  unknownBlock: (a) => `设计中没有块“${a.block}”。${didYouMeanZh(a.near)}`,
  duplicateId: (a) => `有两个节点的 id 都是“${a.id}”；请给其中一个换一个 id，并修正它的连线。`,
  recursiveBlocks: (a) => `块不能包含自己：${a.blocks}。请移除其中一个调用。`,
  portHasParams: (a) => `在块中，Input 和 Output 是它的端口，没有参数；${a.params.join('、')} 不起作用。`,
  wireToNowhere: (a) => `连线 ${a.wire} 没有终点：没有节点“${a.missing}”。请移除该连线或添加该节点。`,
  unknownOutputPort: (a) =>
    `连线 ${a.wire} 从输出“${a.port}”开始，而该节点没有这个输出。它的输出：${fragmentZh(a.known)}。`,
  wireFromOutput: (a) => `连线 ${a.wire} 从 Output 开始，而值在那里离开网络。请从通向该 Output 的节点开始。`,
  unknownInputPort: (a) =>
    `连线 ${a.wire} 到输入“${a.port}”结束，而该节点没有这个输入。它的输入：${fragmentZh(a.known)}。`,
  portTaken: (a) => `输入 ${a.port} 只接受一条连线；${a.wire} 是多余的。请移除它，或用 Add 或 Concatenate 合并这些值。`,
  unconnectedInput: (a) => `输入 ${a.port} 没有连线。请把一个值连到它。`,
  tooFewInputs: (a) => `${a.port} 至少需要 ${a.needed} 条连线，实际有 ${a.found} 条。请连接更多的值。`,
  weightsOfUnknown: (a) => `它使用“${a.owner}”的权重，但旁边没有这个节点。${didYouMeanZh(a.near)}`,
  weightsOfCycle: (a) => `这些节点循环使用彼此的权重：${a.nodes}。其中一个必须拥有权重。`,
  weightsOfOtherKind: (a) =>
    `它使用 ${a.owner} 的权重，而后者是 ${fragmentZh(a.theirs)}；应为 ${fragmentZh(a.ours)}，与本节点相同。`,
  weightsDiffer: (a) =>
    `它使用 ${a.owner} 的权重，但${fragmentZh(a.what)}不同：应为 ${fragmentZh(a.expected)}，实际为 ${fragmentZh(a.received)}。`,
  cycle: (a) => `连线形成了环：${a.nodes}。请移除其中一条；值只能单向流动。`,
  unusedNode: (a) =>
    `没有任何节点使用它的输出${a.before > 0 ? `，也不使用只通向这里的前面 ${a.before} 个节点的输出` : ''}，因此它不参与训练。请把它连到 Output，或移除它。`,
  invalidParam: (a) => `${a.param}：应为${fragmentZh(a.expected)}，实际为 ${a.received}。`,
  unknownParam: (a) =>
    `此处没有参数“${a.param}”；可用的参数：${a.known.join('、') || '无'}。${didYouMeanZh(a.near ?? [])}`,
  unknownEntry: (a) =>
    `${a.param}：没有名为“${a.name}”的${kindsZh[a.kind] ?? a.kind}；可用：${a.known.join('、')}。${didYouMeanZh(a.near)}`,
  invalidExpression: (a) => `${a.param}：表达式 ${a.expression} 无法计算：${fragmentZh(a.detail)}。`,
  repeatPorts: (a) =>
    `重复的块把输出交给下一个，因此“${a.block}”的输出数须与输入数相同且至少为一；它有 ${a.inputs} 个输入和 ${a.outputs} 个输出。`,
  tooManyLayers: (a) => `展开各块后，设计超过 ${a.most} 层。请减少重复次数。`,
};

const kindsZh: Readonly<Record<string, string>> = {
  loss: '损失',
  metric: '指标',
  optimizer: '优化器',
  schedule: '学习率策略',
};
