/** Data sets in Chinese. Attributions and licences stay as their authors wrote them. */
import type { DefinitionsZh } from './definitionZh';

const file = '数据文件；相对路径从设计文件所在的文件夹算起。';
const seed = '相同的种子给出相同的点。';
const images = {
  validation: '训练样本中最后多少个用于验证而不用于训练。',
  mirror: '含有同样文件的文件夹地址；null 表示 NETLOOM_MIRROR（其中每个数据集一个文件夹），否则为原发布地址。',
};

export const dataSetsZh: DefinitionsZh = {
  xor: {
    title: '异或',
    summary: '单位正方形四角附近的点；恰有一个坐标接近 1 时类别为 1。',
    params: {
      style: '“noisy”：散布在四角周围的点。“corners”：四个角点本身，三个部分都是如此。',
      points: '三个部分合计的点数（“noisy”）。',
      noise: '每个角周围的标准差（“noisy”）。',
      seed,
    },
  },
  spirals: {
    title: '双螺旋',
    summary: '沿两条相互缠绕的螺旋线分布的带噪声的点；类别 1 是类别 0 旋转半圈。',
    params: {
      points: '三个部分合计的点数。',
      noise: '噪声的标准差；半径到 1 为止。',
      turns: '每条螺旋线从中心向外转的圈数。',
      seed,
    },
  },
  digits: { title: '手写数字 8x8', summary: '1,797 个 8x8 像素的手写数字，像素值 0 到 16 缩放到 0..1。' },
  mnist: { title: 'MNIST', summary: '70,000 个 28x28 像素的手写数字，像素值 0 到 255 缩放到 0..1。', params: images },
  fashionMnist: {
    title: 'Fashion-MNIST',
    summary: '70,000 张 28x28 像素的服装图片，共十类，像素值 0 到 255 缩放到 0..1。',
    params: images,
  },
  csv: {
    title: '自己的 CSV',
    summary: '你自己的表格：每行一个样本，若干数值列作为输入，一列作为目标。',
    params: {
      file,
      inputs: '作为输入的列，按此顺序；留空则为其他所有列。',
      target: '要预测的列；null 表示最后一列。没有表头时，列名为 column1、column2……',
      task: '“classes”：目标是类别，以其文本命名。“regression”：目标是数值。',
      header: '第一行是否为列名；null 表示自动判断。',
      separator: '列之间的分隔符。',
      standardise: '把每个输入列平移并缩放到均值 0、标准差 1，以训练部分为准。',
      validation: '用于验证的行所占的比例。',
      test: '用于测试的行所占的比例。',
      split: '为每行写明 “train”、“validation” 或 “test” 的列；null 表示按比例抽取。',
      seed: '决定哪些行用于验证和测试。',
    },
  },
  npz: {
    title: '自己的 NPZ',
    summary: '你自己的数组：如 Keras 那样的 x_train、y_train、x_test、y_test，或 x 和 y，或各有数个。',
    params: {
      file,
      inputs: '作为输入的数组，各成一个同名字段；留空则为 x，即字段 “input”。',
      targets: '要预测的数组，各成一个同名字段；留空则为 y，即字段 “label” 或 “target”。',
      layout: 'x 的轴如何排列。NCHW 会转为 NHWC，NHW 会加上大小为 1 的通道轴；其他保持不变。',
      scaling: '“auto”：字节（uint8）除以 255，其他类型不变。“none”：值保持不变。',
      dtype: '输入的类型。“auto”：x 含有宽于一字节的整数时为 int32（供 Embedding 使用的索引）。',
      task: '“auto”：y 为整数类型时是类别索引，其他为要预测的数值。',
      classes: 'y 最多可有多少个类别；null 表示与实际出现的一样多。',
      validation: '从训练数据中改作验证的比例。',
      test: '用于测试的比例，仅当文件中没有测试数组时。',
      seed: '决定哪些样本用于验证和测试。',
    },
  },
};
