/** Words on every plot. */
import { defineStrings } from './strings';

export const plotStrings = defineStrings(
  {
    savePng: 'Save as PNG',
    saveSvg: 'Save as SVG',
    resetZoom: 'Show everything (double-click)',
    nothingYet: 'Nothing measured yet',
  },
  {
    savePng: '保存为 PNG',
    saveSvg: '保存为 SVG',
    resetZoom: '显示全部(双击)',
    nothingYet: '尚无测量值',
  },
);
