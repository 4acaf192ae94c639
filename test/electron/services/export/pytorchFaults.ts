/** Faults that a writer of PyTorch might have, as edits of what it writes, and where each of them must show. */
import type { CheckKind } from '../../../../electron/services/export/verifyChecks';

export interface Fault {
  name: string;
  file: string;
  from: string | RegExp;
  to: string;
  /** What stands before the class of the model. */
  define?: string;
  /** Checks that must fail; none: an edit that changes nothing, which must pass. */
  shows: readonly (CheckKind | 'error')[];
}

/** A function that is called in place of a layer: where the writer puts the call into a statement does not matter. */
const instead = (
  call: RegExp,
  to: string,
  name: string,
  lines: string,
): Pick<Fault, 'file' | 'from' | 'to' | 'define'> => ({
  file: 'model.py',
  from: call,
  to,
  define: `def ${name}:\n    ${lines.split('\n').join('\n    ')}\n`,
});

/** Attention written out: how the heads are split, and by what the scores are scaled. */
const attending = (split: string, join: string, scale = ''): Pick<Fault, 'file' | 'from' | 'to' | 'define'> =>
  instead(
    /self\.attention\(rows, rows, rows, need_weights=False\)\[0\]/,
    'attend(self.attention, rows)',
    'attend(module, rows)',
    `parts = F.linear(rows, module.in_proj_weight, module.in_proj_bias).chunk(3, dim=-1)
query, key, value = (part.${split} for part in parts)
mixed = F.scaled_dot_product_attention(query, key, value${scale})
return module.out_proj(mixed.${join})`,
  );

const model = (from: string | RegExp, to: string): Pick<Fault, 'file' | 'from' | 'to'> => ({
  file: 'model.py',
  from,
  to,
});
const train = (from: string | RegExp, to: string): Pick<Fault, 'file' | 'from' | 'to'> => ({
  file: 'train.py',
  from,
  to,
});

const right = { split: 'reshape(-1, 4, 2, 4).transpose(1, 2)', join: 'transpose(1, 2).reshape(-1, 4, 8)' };

export const pytorchFaults: readonly Fault[] = [
  { name: 'attention written out rightly', ...attending(right.split, right.join), shows: [] },
  {
    name: 'head order: features of the heads interleaved',
    ...attending('reshape(-1, 4, 4, 2).permute(0, 3, 1, 2)', 'permute(0, 2, 3, 1).reshape(-1, 4, 8)'),
    shows: ['outputs', 'loss', 'gradients'],
  },
  {
    name: 'scale of attention',
    ...attending(right.split, right.join, ', scale=0.25'),
    shows: ['outputs', 'gradients'],
  },
  { name: 'number of heads', ...model('nn.MultiheadAttention(8, 2', 'nn.MultiheadAttention(8, 4'), shows: ['outputs'] },
  {
    name: 'epsilon of BatchNorm',
    ...model('nn.BatchNorm2d(8, eps=0.001', 'nn.BatchNorm2d(8, eps=0.00001'),
    shows: ['outputs'],
  },
  {
    name: 'epsilon of LayerNorm',
    ...model('nn.LayerNorm(8, eps=0.001', 'nn.LayerNorm(8, eps=0.01'),
    shows: ['outputs'],
  },
  { name: 'padding side', ...model('(0, 1, 0, 1)', '(1, 0, 1, 0)'), shows: ['outputs', 'gradients'] },
  {
    name: 'flatten order',
    ...instead(
      /self\.hidden\(/,
      'turned(self.hidden, ',
      'turned(module, x)',
      'return module(x.reshape(-1, 8, 16).transpose(1, 2).flatten(1))',
    ),
    shows: ['outputs'],
  },
  {
    name: 'GELU form',
    ...instead(/F\.gelu\(/, 'other_gelu(', 'other_gelu(x)', 'return F.gelu(x, approximate="tanh")'),
    shows: ['outputs'],
  },
  {
    name: 'bias dropped',
    ...instead(/self\.hidden\(/, 'bare(self.hidden, ', 'bare(module, x)', 'return F.linear(x, module.weight)'),
    shows: ['outputs'],
  },
  {
    name: 'bias missing in the layer',
    ...model('nn.Linear(128, 32)', 'nn.Linear(128, 32, bias=False)'),
    shows: ['error'],
  },
  {
    name: 'transposed kernel',
    ...instead(
      /self\.square\(/,
      'turned(self.square, ',
      'turned(module, x)',
      'return F.linear(x, module.weight.T, module.bias)',
    ),
    shows: ['outputs'],
  },
  { name: 'wrong axis of softmax', ...model('dim=2', 'dim=1'), shows: ['outputs'] },
  { name: 'activation left out', ...model(/F\.relu\(/, '('), shows: ['outputs'] },
  {
    name: 'running statistics that never move',
    ...model('nn.BatchNorm2d(8, eps=0.001', 'nn.BatchNorm2d(8, momentum=0.0, eps=0.001'),
    shows: ['statistics'],
  },
  {
    name: 'momentum of statistics taken for its complement',
    ...model('nn.BatchNorm2d(8, eps=0.001', 'nn.BatchNorm2d(8, momentum=0.9, eps=0.001'),
    shows: ['statistics'],
  },
  {
    name: 'statistics of the batch in evaluation',
    ...model(/self\.norm1\(/, 'self.norm1.train()('),
    shows: ['outputs'],
  },
  {
    name: 'first values of another rule',
    ...model('nn.init.xavier_uniform_(module.weight)', 'nn.init.kaiming_uniform_(module.weight)'),
    shows: ['first values'],
  },
  { name: 'label smoothing', ...train(', label_smoothing=0.1', ''), shows: ['loss', 'gradients'] },
  {
    name: 'a sum in place of a mean',
    ...train('label_smoothing=0.1', 'label_smoothing=0.1, reduction="sum"'),
    shows: ['loss', 'gradients'],
  },
  { name: 'momentum without its look ahead', ...train('nesterov=True, ', ''), shows: ['update'] },
  {
    name: 'momentum that is damped',
    ...train('nesterov=True, ', 'dampening=0.1, '),
    shows: ['update', 'optimizer state'],
  },
  { name: 'weight decay of biases', ...train(', "weight_decay": 0.0', ''), shows: ['update'] },
  { name: 'learning rate', ...train('LEARNING_RATE = 0.05', 'LEARNING_RATE = 0.1'), shows: ['update'] },
  { name: 'channels of the data', ...train('image.permute(0, 3, 1, 2)', 'image.permute(0, 3, 2, 1)'), shows: ['data'] },
  {
    name: 'weights loaded into the wrong places',
    ...train(
      '    return model\n',
      '    model.norm1.weight.data, model.norm1.bias.data = model.norm1.bias.data, model.norm1.weight.data\n    return model\n',
    ),
    shows: ['weights'],
  },
  { name: 'a name that does not exist', ...model(/self\.attention\(rows/, 'self.attentio(rows'), shows: ['error'] },
  {
    name: 'a program that ends itself',
    ...train('import math', 'import math\nimport sys\n\nsys.exit(0)'),
    shows: ['error'],
  },
];
