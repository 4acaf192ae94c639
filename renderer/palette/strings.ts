/** Words of the palette. */
import { defineStrings } from '../i18n/strings';

export const strings = defineStrings(
  {
    layers: 'Layers',
    search: 'Search layers',
    recent: 'Used last',
    found: (count: number) => (count === 1 ? '1 layer' : `${count} layers`),
    nothing: (text: string) => `No layer is called “${text}”.`,
    nothingHint: 'Names of Keras and PyTorch are understood: Linear, BatchNorm2d, GAP.',
    clear: 'Clear the search',
    drag: 'Drag it onto the canvas, or click to add it after the selection.',
  },
  {
    layers: '层',
    search: '搜索层',
    recent: '最近使用',
    found: (count) => `${count} 个层`,
    nothing: (text) => `没有名为“${text}”的层。`,
    nothingHint: '支持 Keras 和 PyTorch 的名称：Linear、BatchNorm2d、GAP。',
    clear: '清除搜索',
    drag: '拖到画布上，或点击以添加到所选节点之后。',
  },
);
