/** Losses, metrics, optimizers and schedules in Chinese. */
import type { DefinitionsZh } from './definitionZh';

const learningRate = '大约是一步的长度。';
const moments = {
  beta1: '每一步保留多少平均梯度。',
  beta2: '保留多少平均平方梯度。',
  epsilon: '加到平方根上，避免除以零（1e-8，与 PyTorch 相同）。',
};

export const lossesZh: DefinitionsZh = {
  crossEntropy: {
    title: '交叉熵',
    summary: '真实类别所得概率的负对数。目标为类别索引或概率分布。',
    params: {
      from: '输出的含义：logits（任意数，前面不加 Softmax；精确）或 probabilities（经过 Softmax 的概率）。',
      labelSmoothing: '目标中平均分给所有类别的比例。',
    },
  },
  binaryCrossEntropy: {
    title: '二元交叉熵',
    summary: '是非判断的负对数似然。目标为 0 或 1，或介于其间的概率。',
    params: {
      from: '输出的含义：logits（任意数，前面不加 Sigmoid；精确）或 probabilities（经过 Sigmoid 的概率）。',
      labelSmoothing: '把目标向 0.5 移动这个比例。',
    },
  },
  meanSquaredError: { title: '均方误差', summary: '对所有元素取 (输出 − 目标)² 的平均。' },
};

export const metricsZh: DefinitionsZh = {
  accuracy: { title: '准确率', summary: '判断正确的比例：得分最大的类别；二元交叉熵时为概率大于一半。' },
  topK: {
    title: 'Top-k 准确率',
    summary: '真实类别位于得分最大的 k 个之中的样本比例；并列算作命中。',
    params: { k: '考察得分最大的多少个。' },
  },
  confusionMatrix: {
    title: '混淆矩阵',
    summary: '按真实类别（行）和判定类别（列）计数，并给出每个类别的精确率、召回率和 F1 及其平均。',
  },
  meanAbsoluteError: { title: '平均绝对误差', summary: '对所有元素取 |输出 − 目标| 的平均。' },
};

export const optimizersZh: DefinitionsZh = {
  sgd: {
    title: 'SGD',
    summary: '沿梯度的反方向前进；动量使过去的方向得以延续。',
    params: {
      learningRate: '一步的长度。',
      momentum: '每一步保留的速度比例。',
      nesterov: '沿速度方向前瞻；需要动量。',
      weightDecay: '把权重乘以该数后加到梯度上（L2 惩罚）。',
    },
  },
  adam: {
    title: 'Adam',
    summary: '步长随过去梯度的大小自适应，每个权重各自调整。',
    params: { learningRate, ...moments, weightDecay: '把权重乘以该数后加到梯度上（L2 惩罚）。多数情况下 AdamW 更好。' },
  },
  adamw: {
    title: 'AdamW',
    summary: '权重自行衰减、与梯度无关的 Adam。',
    params: { learningRate, ...moments, weightDecay: '每一步权重减去学习率乘以该数的部分。' },
  },
};

export const schedulesZh: DefinitionsZh = {
  constant: { title: '恒定', summary: '从第一步到最后一步学习率不变。' },
  step: {
    title: '阶梯',
    summary: '每隔若干轮把学习率乘以一个系数。',
    params: { everyEpochs: '两次下降之间的轮数。', factor: '每次下降时学习率所乘的数。' },
  },
  cosine: {
    title: '余弦',
    summary: '学习率在预热阶段上升，然后沿半个余弦波下降直到训练结束。',
    params: { warmupEpochs: '线性预热的轮数；可以不是整数。', finalFactor: '结束时剩下的学习率比例。' },
  },
  plateau: {
    title: '停滞时减半',
    summary: '监控值若干轮没有改善时，学习率减半。',
    params: {
      patience: '等待多少轮没有改善。',
      factor: '学习率所乘的数。',
      minimum: '学习率的系数不会低于该值。',
      threshold: '算作改善的相对幅度。',
    },
  },
};
