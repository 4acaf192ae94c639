/** Every layer in Chinese: title, summary, help of its parameters and ports. */
import type { DefinitionsZh } from './definitionZh';

const padding =
  '图像四周补零。“valid” 不补；“same” 在步幅为 1 时保持高和宽不变（补零数为奇数时，下边和右边多一个）；也可以直接给出数目。';
const dilation = '卷积核相邻采样点之间的距离，单位为像素。';
const kernelSize = '卷积核的高和宽。';
const slide = '卷积核从一个位置到下一个位置移动的像素数。';
const kernelInitialiser = '卷积核的初始值。';
const biasInitialiser = '偏置的初始值。';
const epsilon = '加到方差上，避免除以零。';
const window = {
  poolSize: '窗口的高和宽，单位为像素。',
  strides: '从一个窗口到下一个窗口的像素数；null 表示等于窗口大小，即窗口互不重叠。',
  padding,
};

export const layersZh: DefinitionsZh = {
  Input: {
    title: '输入',
    summary: '把数据集的一个字段按批次送入网络。',
    params: {
      shape: '单个样本的尺寸：高、宽、通道；或时间、特征；或特征；空表示单个数。',
      dtype: 'int32 用于由 Embedding 查表的索引。',
      field: '数据集的字段；留空则取唯一的、或第一个不是目标的字段。',
    },
    ports: { output: '该字段的一批样本。' },
  },
  Output: {
    title: '输出',
    summary: '网络的一个结果，以及把它与数据集字段相比较的损失。',
    params: {
      loss: '训练所最小化的量。',
      metrics: '要报告的指标；留空则用该损失常用的指标。',
      weight: '该损失在所有输出之和中的系数。',
      target: '数据集的字段；留空则取唯一的或第一个目标。',
    },
    ports: { input: '与目标相比较的值。', output: '同样的值，供运行网络者使用；连线不能从这里开始。' },
  },
  Conv2D: {
    title: '卷积',
    summary: '让可学习的卷积核在图像上滑动；每个核给出结果的一个通道。',
    params: {
      filters: '输出通道数：学习多少种模式。',
      kernelSize,
      strides: slide,
      padding,
      dilation,
      groups: '把通道分成互不相通的若干组；须同时整除输入通道数和 filters。',
      bias: '给每个输出通道加一个可学习的数；后接 BatchNorm 时无用。',
      kernelInitialiser,
      biasInitialiser,
    },
  },
  DepthwiseConv2D: {
    title: '深度卷积',
    summary: '让卷积核分别在每个通道上滑动；后接 1×1 卷积，就是 Conv2D 的廉价替代。',
    params: {
      kernelSize,
      strides: slide,
      padding,
      dilation,
      multiplier: '每个输入通道的输出通道数；同一输入通道的输出相邻排列。',
      bias: '给每个输出通道加一个可学习的数；后接 BatchNorm 时无用。',
      kernelInitialiser,
      biasInitialiser,
    },
  },
  Dense: {
    title: '全连接',
    summary: '特征的加权和再加偏置；输入有更多轴时，在每个位置上对最后一轴进行。',
    params: {
      units: '输出最后一轴的大小。',
      bias: '给每个单元加一个可训练的数。',
      kernelInitialiser: '权重矩阵的初始值。',
      biasInitialiser,
    },
  },
  BatchNorm: {
    title: '批归一化',
    summary: '训练时在批次上归一化每个通道，之后使用滑动统计量。',
    params: {
      momentum: '每一批保留多少滑动统计量：新值 = momentum · 旧值 + (1 − momentum) · 本批。',
      epsilon,
    },
  },
  LayerNorm: {
    title: '层归一化',
    summary: '对每个位置（或样本）单独归一化，因此训练时和之后的行为相同。',
    params: { axes: '哪些值一起归一化：每个位置的通道（特征），或一个样本的全部值。', epsilon },
  },
  ReLU: { title: 'ReLU', summary: '逐元素取 max(0, x)。在 0 处梯度为 0。' },
  LeakyReLU: {
    title: 'Leaky ReLU',
    summary: 'x > 0 时为 x，否则为 slope * x。在 0 处梯度为 slope。',
    params: { slope: '负值的系数（0.01，与 PyTorch 相同；Keras 为 0.3）。' },
  },
  GELU: {
    title: 'GELU',
    summary: 'x * Phi(x)，其中 Phi 是标准正态分布的累积分布函数。',
    params: { form: 'exact 使用误差函数；tanh 是 GPT-2 的近似，误差在 5e-4 以内，且快数倍。' },
  },
  Sigmoid: { title: 'Sigmoid', summary: '逐元素取 1 / (1 + exp(-x))：在 0 与 1 之间。深层堆叠会使梯度消失。' },
  Tanh: { title: 'Tanh', summary: '逐元素取双曲正切：在 -1 与 1 之间。' },
  Softmax: {
    title: 'Softmax',
    summary: 'exp(x) 除以它沿某轴之和。交叉熵之前不需要：交叉熵直接接收 logits，且更精确。',
    params: { axis: '输出沿该轴之和为 1；-1 表示最后一轴。' },
  },
  MaxPool2D: {
    title: '最大池化',
    summary: '保留每个窗口的最大值：图像变小，仍能说明某种模式是否出现过。',
    params: window,
  },
  AveragePool2D: {
    title: '平均池化',
    summary: '保留每个窗口的平均值：得到更小、更平滑的图像。',
    params: { ...window, countPadding: '补的零是否算作窗口中的值；否则只对图像本身取平均。' },
  },
  GlobalAveragePool2D: {
    title: '全局平均池化',
    summary: '把每个通道替换为它在图像上的平均值：从图像到特征，没有权重。',
  },
  Flatten: { title: '展平', summary: '把一个样本的所有值排成一行，最后一轴变化最快。没有开销。' },
  Reshape: {
    title: '变形',
    summary: '同样的值、同样的顺序，换成别的轴。没有开销。',
    params: { shape: '单个样本的尺寸，不含批次；其中一个可以是 -1，表示其余部分。' },
  },
  ZeroPadding2D: {
    title: '补零',
    summary: '在图像四周添加若干行和列的零。',
    params: { padding: '零的行数和列数：一个数用于四边，[垂直, 水平]，或 [[上, 下], [左, 右]]。' },
  },
  Dropout: {
    title: 'Dropout',
    summary: '训练时随机把一些值置零，并放大其余的值；之后不起作用。',
    params: { rate: '被置零的值所占的比例。' },
  },
  Add: { title: '相加', summary: '各输入逐元素之和。尺寸必须相等；大小为 1 的轴会重复。' },
  Multiply: { title: '相乘', summary: '各输入逐元素之积。尺寸必须相等；大小为 1 的轴会重复。' },
  Concatenate: {
    title: '拼接',
    summary: '沿某轴依次拼接各输入；其他尺寸必须相等。',
    params: { axis: '拼接所沿的轴；-1 表示最后一轴。' },
  },
  Embedding: {
    title: '嵌入',
    summary: '把每个索引替换为一行可训练的特征。',
    params: {
      vocabulary: '不同索引的个数：0 到 vocabulary - 1。',
      features: '每个索引的特征数。',
      initialiser: '表的初始值（uniform：在 -0.05 与 0.05 之间）。',
    },
  },
  MultiHeadAttention: {
    title: '多头注意力',
    summary: '多个头的缩放点积注意力。只连接 query 时为自注意力；连接 value（和 key）则为交叉注意力。',
    params: {
      heads: '头数。',
      keyFeatures: '每个头中 query、key 和 value 的特征数。',
      features: '输出的特征数；null 表示与 query 相同。',
      causal: '位置 t 只能看到 key 和 value 中不晚于 t 的位置。',
      bias: '给四个投影的每个特征加一个可训练的数。',
      dropout: '训练时被置零的注意力权重所占的比例。',
      kernelInitialiser: '四个权重矩阵的初始值。',
      biasInitialiser: '四个偏置的初始值。',
    },
    ports: {
      query: '批次×时间×特征：查询者。',
      value: '批次×时间×特征：被汇集者；没有连线时为 query。',
      key: '批次×时间×特征：被匹配者；没有连线时为 value。',
    },
  },
};
