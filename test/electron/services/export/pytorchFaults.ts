/** Faults that a writer of PyTorch might have, as edits of what it writes, and where each of them must show. */
import type { CheckKind } from '../../../../electron/services/export/verifyChecks';

export interface Fault {
  name: string;
  file: string;
  from: string | RegExp;
  to: string;
  /** Checks that must fail; none: an edit that changes nothing, which must pass. */
  shows: readonly (CheckKind | 'error')[];
}

const attention = 'self.attention(rows, rows, rows, need_weights=False)[0]';

/** Attention written out: how the heads are split, and by what the scores are scaled. */
const attend = (split: string, join: string, scale: string): string => `def attend(module, rows):
    parts = F.linear(rows, module.in_proj_weight, module.in_proj_bias).chunk(3, dim=-1)
    query, key, value = (part.${split} for part in parts)
    mixed = F.scaled_dot_product_attention(query, key, value${scale})
    return module.out_proj(mixed.${join})


class Faults`;

/** Two edits of one file: the function before the class, and the call of it. */
const attending = (split: string, join: string, scale = ''): Pick<Fault, 'file' | 'from' | 'to'> => ({
  file: 'model.py',
  from: /class Faults([\s\S]*)self\.attention\(rows, rows, rows, need_weights=False\)\[0\]/,
  to: `${attend(split, join, scale)}$1attend(self.attention, rows)`,
});

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
  { name: 'flatten order', ...model('drop.flatten(1)', 'drop.permute(0, 2, 3, 1).flatten(1)'), shows: ['outputs'] },
  {
    name: 'GELU form',
    ...model('self.norm3(self.mix(flat2)))', 'self.norm3(self.mix(flat2)), approximate="tanh")'),
    shows: ['outputs'],
  },
  {
    name: 'bias dropped',
    ...model('self.hidden(drop.flatten(1))', 'F.linear(drop.flatten(1), self.hidden.weight)'),
    shows: ['outputs'],
  },
  {
    name: 'bias missing in the layer',
    ...model('nn.Linear(128, 32)', 'nn.Linear(128, 32, bias=False)'),
    shows: ['error'],
  },
  {
    name: 'transposed kernel',
    ...model('self.square(norm2)', 'F.linear(norm2, self.square.weight.T, self.square.bias)'),
    shows: ['outputs'],
  },
  { name: 'wrong axis of softmax', ...model('dim=2', 'dim=1'), shows: ['outputs'] },
  { name: 'activation left out', ...model('F.relu(self.norm1', '(self.norm1'), shows: ['outputs'] },
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
    ...model('self.norm1(self.conv1(', 'self.norm1.train()(self.conv1('),
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
  { name: 'a name that does not exist', ...model(attention, 'self.attentio(rows)'), shows: ['error'] },
  {
    name: 'a program that ends itself',
    ...train('import math', 'import math\nimport sys\n\nsys.exit(0)'),
    shows: ['error'],
  },
];
