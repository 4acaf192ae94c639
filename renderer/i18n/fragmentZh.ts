/** Chinese for the parts that sentences are put together from: what is expected, what was received, which detail is wrong. */

type Rule = readonly [pattern: RegExp, chinese: string | ((...groups: string[]) => string)];

/** Tried in order; the first that fits the whole text is taken. `$1` is what was found, put into Chinese too. */
const rules: readonly Rule[] = [
  // Kinds of parameters.
  [/^(.+), or null$/, '$1，或 null'],
  [/^a whole number from (\S+) to (\S+)$/, '$1 到 $2 的整数'],
  [/^a whole number, \[vertical, horizontal\] or (\[\[.*)$/, '整数、[垂直, 水平] 或 [[上, 下], [左, 右]]'],
  [/^"valid", "same", a whole number, .*$/, '"valid"、"same"、整数、[垂直, 水平] 或 [[上, 下], [左, 右]]'],
  [/^(a whole number.*), or a pair \[height, width\] of them$/, '$1，或一对 [高, 宽]'],
  [/^a whole number(.*)$/, (bounds) => `${boundsZh(bounds)}整数`],
  [/^a number between 0 and 1 for each of its elements, shape (.+)$/, '每个元素一个 0 到 1 之间的数，形状为 $1'],
  [/^a number for each of its elements, shape (.+)$/, '每个元素一个数，形状为 $1'],
  [/^a number( at least .*| at most .*| above .*| below .*|)$/, (bounds) => `${boundsZh(bounds)}数`],
  [/^true or false$/, 'true 或 false'],
  [/^one of ([^{]+), or \{"type": "constant", "value": number\}$/, '$1 之一，或 {"type": "constant", "value": 数}'],
  [/^one of (.+)$/, '$1 之一'],
  [/^text of at most 200 characters$/, '不超过 200 个字符的文本'],
  [/^the path of a file$/, '文件路径'],
  [/^a list of texts$/, '文本列表'],
  [/^a list of (\d+) to (\d+) whole numbers, each at least (-?\d+)$/, '由 $1 到 $2 个整数组成的列表，每个不小于 $3'],
  [/^a list, each (.+)$/, '列表，其中每项为$1'],
  [
    /^the name of one of the (\w+), or \{"type": name, \.\.\.its parameters\}$/,
    '某个$1的名称，或 {"type": 名称, …参数}',
  ],
  // What tensors and targets have to be.
  [/^an image, batch×height×width×channels$/, '图像，即 批次×高×宽×通道'],
  [/^a sequence, batch×time×features$/, '序列，即 批次×时间×特征'],
  [/^batch×\.\.\.×(\w+)$/, '批次×…×$1'],
  [/^int32 \(indices\)$/, 'int32（索引）'],
  [/^float32 values$/, 'float32 数值'],
  [/^scores of classes along the last axis$/, '沿最后一轴的各类别得分'],
  [/^at least (\d+) scores of classes along the last axis$/, '沿最后一轴至少 $1 个类别得分'],
  [
    /^class indices \(int32\) of shape (.+), or probabilities of shape (.+)$/,
    '形状为 $1 的类别索引（int32），或形状为 $2 的概率',
  ],
  [/^class indices from 0$/, '从 0 开始的类别索引'],
  [/^values between 0 and 1$/, '0 与 1 之间的值'],
  [/^one decision a position among at most (\d+) classes$/, '每个位置在至多 $1 个类别中的一个判定'],
  [/^an output with a classification loss and a target of classes$/, '带有分类损失的输出和类别目标'],
  [/^a target with a number for each element of the output$/, '对输出的每个元素都有一个数的目标'],
  [/^(.+) with (\w+) and the field "(.*)" of (.+)$/, '$1（损失 $2）以及形状为 $4 的字段“$3”'],
  [/^(.+) and the field "(.*)" of (.+)$/, '$1 以及形状为 $3 的字段“$2”'],
  [/^(\S+) with (\w+)$/, '$1（损失 $2）'],
  [/^one number( \w+)?$/, (dtype) => `单个数${dtype}`],
  [/^inputs of equal sizes \(a size of 1 is repeated\)$/, '尺寸相等的输入（大小为 1 的轴会重复）'],
  [/^key and value of one length in time$/, '时间长度相同的 key 和 value'],
  [/^inputs of one type, equal in every size but that of axis (\d+)$/, '类型相同、除第 $1 轴外各尺寸相等的输入'],
  [/^a multiple of (.+)$/, '$1 的倍数个'],
  [/^because key has one$/, '因为 key 已有连线'],
  [/^input channels$/, '输入通道'],
  [/^filters$/, '输出通道'],
  // What is too large, and how weights differ.
  [/^the sizes of what reaches it$/, '到达它的值的尺寸'],
  [/^(.+) or the batch size$/, '$1 或批大小'],
  [/^output$/, '输出'],
  [/^weight (\w+)$/, '权重 $1'],
  [/^parameter (\w+)$/, '参数 $1'],
  [/^inner node (\S+)$/, '内部节点 $1'],
  [/^number of passes$/, '重复次数'],
  [/^equal weights$/, '相同的权重'],
  [
    /^It uses the weights of (.+), but its (.+) differs: expected (.+), received (.+)\.$/,
    '$1 的权重，但$2不同（应为 $3，实际为 $4）',
  ],
  [/^none$/, '无'],
  [/^the same (\w+)$/, '相同的 $1'],
  [/^a call of the block (.+)$/, '对块 $1 的调用'],
  // What the schema of the file says.
  [/^expected (at least|at most|more than|less than) (\S+)( characters| entries|)$/, comparedZh],
  [/^expected (.+), received (.+)$/, '应为$1，实际为$2'],
  [/^expected (.+), but it is missing$/, '应为$1，但缺失'],
  [/^expected a name, or \{"type": name\} with parameters$/, '应为名称，或带参数的 {"type": 名称}'],
  [/^expected (.+)$/, '应为$1'],
  [/^there is no entry (.+) here$/, '此处没有条目 $1'],
  [/^must be plain JSON: .*$/, '必须是普通 JSON：不含 “__proto__”，嵌套至多 16 层'],
  [/^must start with a letter .*$/, '必须以字母开头，至多 64 个字母、数字、“_” 或 “-”'],
  [/^(?:an?|the) (number|string|object|array|boolean)$/, typeZh],
  [/^(number|string|object|array|boolean|null|NaN|something else)$/, typeZh],
  // Expressions.
  [/^it is longer than (\d+) characters$/, '长度超过 $1 个字符'],
  [/^it is nested more than (\d+) deep$/, '嵌套超过 $1 层'],
  [/^"(.+)" is not understood$/, '无法理解“$1”'],
  [/^it divides by zero$/, '除以零'],
  [/^the result is not a finite number$/, '结果不是有限的数'],
  [/^a closing parenthesis is missing$/, '缺少右括号'],
  [/^the parenthesis of (\w+) is not closed$/, '$1 的括号没有闭合'],
  [/^a value is missing before (.+)$/, '$1之前缺少一个值'],
  [/^(.+) is not expected there$/, '此处不应出现$1'],
  [/^the end$/, '结尾'],
  [/^there is no "(.+)"; known here: (.+)$/, '没有“$1”；此处可用：$2'],
  [/^(\w+) is not a number$/, '$1 不是数'],
  [/^(\w+) takes (\d+) values?$/, '$1 接受 $2 个值'],
];

/** A fragment that no rule knows stays as it is: a name, a number, a shape. */
export function fragmentZh(text: string): string {
  for (const [pattern, chinese] of rules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const groups = match.slice(1).map((group) => group ?? '');
    if (typeof chinese === 'function') return chinese(...groups);
    return chinese.replace(/\$(\d)/g, (_, at: string) => {
      const group = groups[Number(at) - 1] ?? '';
      return registriesZh[group] ?? (group === text ? group : fragmentZh(group));
    });
  }
  return text;
}

const registriesZh: Readonly<Record<string, string>> = {
  losses: '损失',
  metrics: '指标',
  optimizers: '优化器',
  schedules: '学习率策略',
};

/** " at least 1 and below 2" -> "不小于 1 且小于 2 的". */
function boundsZh(text: string): string {
  const words = text.trim().split(/ and /);
  const parts = words.flatMap((part) => {
    const [, how = '', bound = ''] = /^(at least|at most|above|below) (\S+)$/.exec(part) ?? [];
    return how === '' ? [] : [`${comparisons[how] ?? how} ${bound}`];
  });
  return parts.length > 0 ? `${parts.join('且')} 的` : '';
}

const comparisons: Readonly<Record<string, string>> = {
  'at least': '不小于',
  'at most': '不大于',
  'more than': '大于',
  'less than': '小于',
  above: '大于',
  below: '小于',
};

function comparedZh(how = '', bound = '', unit = ''): string {
  const units: Readonly<Record<string, string>> = { ' characters': '个字符', ' entries': '项' };
  return `应${comparisons[how] ?? how} ${bound}${unit === '' ? '' : ` ${units[unit] ?? ''}`}`;
}

const types: Readonly<Record<string, string>> = {
  number: '数',
  string: '文本',
  object: '对象',
  array: '列表',
  boolean: 'true 或 false',
  null: 'null',
  NaN: '非数',
  'something else': '其他类型',
};

function typeZh(type = ''): string {
  return types[type] ?? type;
}
