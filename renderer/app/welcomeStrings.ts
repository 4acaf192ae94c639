/** Words of the welcome screen. */
import { defineStrings } from '../i18n/strings';

export const welcomeStrings = defineStrings(
  {
    begin: 'Begin',
    lead: 'Draw a neural network, train it here, watch every layer learn.',
    dropHint: 'Or drop a .netloom file anywhere on this window.',
    samples: 'Start from a sample',
    recent: 'Recent',
    missing: 'It is not there any more',
    forget: (name: string) => `Remove “${name}” from the list`,
    layers: (count: number) => `${count} ${count === 1 ? 'layer' : 'layers'}`,
  },
  {
    begin: '开始',
    lead: '绘制神经网络，在本机训练，观察每一层的学习过程。',
    dropHint: '也可以将 .netloom 文件拖放到此窗口的任意位置。',
    samples: '从示例开始',
    recent: '最近的文件',
    missing: '文件已不存在',
    forget: (name: string) => `将“${name}”从列表中移除`,
    layers: (count: number) => `${count} 层`,
  },
);
