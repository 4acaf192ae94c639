/** The samples of the gallery in the user's language; one that is not known here goes by the name in its design. */
import type { Json } from '../../shared/messages/define';
import type { Language } from '../i18n/language';
import { defineStrings } from '../i18n/strings';

const sampleStrings = defineStrings(
  {
    'digits-cnn': 'Handwritten digits, convolutional',
    'digits-cnn/about': 'Convolution, normalisation, dropout on 8×8 images: a good first design to change.',
    'digits-mlp': 'Handwritten digits, dense',
    'digits-mlp/about': 'One hidden layer: the plainest classifier of images.',
    'digits-resnet': 'Digits with skip connections',
    'digits-resnet/about': 'Three residual additions, as in a ResNet.',
    'digits-attention': 'Digits with attention',
    'digits-attention/about': 'Rows as a sequence, multi-head attention.',
    'digits-sigmoid-deep': 'Vanishing gradients',
    'digits-sigmoid-deep/about': 'Five sigmoid layers: watch the first ones learn nothing.',
    'mnist-mlp': 'MNIST, dense',
    'mnist-mlp/about': '784-512-512-10; the data are downloaded when you ask for them.',
    'spiral-mlp': 'Two spirals',
    'spiral-mlp/about': 'Points in a plane that no straight line divides.',
    'xor-mlp': 'Exclusive or',
    'xor-mlp/about': 'The smallest problem that needs a hidden layer.',
  },
  {
    'digits-cnn': '手写数字（卷积网络）',
    'digits-cnn/about': '在 8×8 图像上使用卷积、归一化和 Dropout：适合作为第一个修改的设计。',
    'digits-mlp': '手写数字（全连接网络）',
    'digits-mlp/about': '一个隐藏层：最简单的图像分类器。',
    'digits-resnet': '带跳跃连接的数字识别',
    'digits-resnet/about': '三处残差相加，与 ResNet 相同。',
    'digits-attention': '带注意力的数字识别',
    'digits-attention/about': '将每一行视为序列，使用多头注意力。',
    'digits-sigmoid-deep': '梯度消失',
    'digits-sigmoid-deep/about': '五个 sigmoid 层：观察前几层几乎学不到东西。',
    'mnist-mlp': 'MNIST（全连接网络）',
    'mnist-mlp/about': '784-512-512-10；数据仅在您要求时下载。',
    'spiral-mlp': '双螺旋',
    'spiral-mlp/about': '平面上无法用直线分开的点。',
    'xor-mlp': '异或',
    'xor-mlp/about': '需要隐藏层的最小问题。',
  },
);

export function sampleText(id: string, design: Json, language: Language): { title: string; about: string } {
  const words: Readonly<Record<string, string>> = sampleStrings[language];
  const own = typeof design === 'object' && design !== null && !Array.isArray(design) ? design : {};
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  return { title: words[id] ?? (text(own.name) || id), about: words[`${id}/about`] ?? text(own.notes) };
}
