/** Repairs in Chinese: told from their English titles, whose forms are few. */

type Rule = readonly [pattern: RegExp, chinese: string];

const rules: readonly Rule[] = [
  [/^Rename it to (.+)$/, '重命名为 $1'],
  [/^Remove the wire$/, '移除该连线'],
  [/^Remove this call$/, '移除该调用'],
  [/^Remove it$/, '移除它'],
  [/^Remove (.+)$/, '移除 $1'],
  [/^Set the padding to same$/, '把填充设为 same'],
  [/^Set the shape to one number (\w+)$/, '把形状设为单个数 $1'],
  [/^Set the shape to (.+)$/, '把形状设为 $1'],
  [/^Set the batch size to (\d+)$/, '把批大小设为 $1'],
  [/^Set (units|filters) of (.+) to (\d+)$/, '把 $2 的 $1 设为 $3'],
  [/^Set (\S+) to (.+)$/, '把 $1 设为 $2'],
  [/^Make it (.+)$/, '改为 $1'],
  [/^Use the defaults of (.+)$/, '使用 $1 的默认值'],
  [/^Use the field (.+)$/, '使用字段 $1'],
  [/^Use cross-entropy, which compares scores of classes$/, '使用比较类别得分的交叉熵'],
  [/^Use (.+)$/, '使用 $1'],
  [/^Start it at (.+)$/, '改从 $1 开始'],
  [/^Connect (.+) here$/, '把 $1 连到这里'],
  [/^Add an Output after (.+)$/, '在 $1 之后添加 Output'],
  [/^Monitor (.+)$/, '监控 $1'],
  [/^Say that the loss is from probabilities$/, '说明损失的输入是概率'],
  [/^Give it weights of its own$/, '让它拥有自己的权重'],
  [/^Let the first size be what remains$/, '让第一个尺寸为其余部分'],
  [/^Keep the shape that it receives$/, '保持收到的形状'],
  [/^Insert an Embedding before this layer$/, '在该层之前插入 Embedding'],
  [/^Insert a Reshape to (\S+) before this layer$/, '在该层之前插入变形为 $1 的 Reshape'],
  [/^Insert a Reshape that makes every pixel a step of a sequence$/, '插入 Reshape，使每个像素成为序列的一步'],
  [/^Insert a Flatten before (.+)$/, '在 $1 之前插入 Flatten'],
  [
    /^Insert a Flatten and a Dense of (\d+) units before the Output$/,
    '在 Output 之前插入 Flatten 和 $1 个单元的 Dense',
  ],
  [/^Insert a Dense of (\d+) units? before the Output$/, '在 Output 之前插入 $1 个单元的 Dense'],
  [/^Match the (\d+) features of (\S+) by a Dense before (\S+)$/, '在 $3 之前用 Dense 匹配 $2 的 $1 个特征'],
  [/^Match the (\d+) channels by a 1×1 convolution before (\S+)$/, '在 $2 之前用 1×1 卷积匹配 $1 个通道'],
];

/** A title that no rule knows stays as it is. */
export function repairTitleZh(title: string): string {
  for (const [pattern, chinese] of rules) if (pattern.test(title)) return title.replace(pattern, chinese);
  return title;
}
