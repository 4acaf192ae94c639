/** Words of the problems panel. */
import { defineStrings } from '../i18n/strings';

export const strings = defineStrings(
  {
    problems: 'Problems',
    none: 'No problems',
    noneText: 'The design compiles. Shapes, parameters and settings are checked at every edit.',
    emptyTitle: 'Nothing is drawn yet',
    emptyText: 'As soon as layers are on the canvas, what does not fit is listed here, with its repair.',
    error: 'Error',
    warning: 'Warning',
    design: 'Design',
    data: 'Data',
    setting: (path: string) => `Training: ${path}`,
    dataSetting: (path: string) => `Data: ${path}`,
    repair: (title: string) => `Repair: ${title}`,
    goTo: (place: string) => `Select ${place}`,
  },
  {
    problems: '问题',
    none: '没有问题',
    noneText: '设计可以编译。每次编辑都会检查形状、参数和设置。',
    emptyTitle: '还没有画任何东西',
    emptyText: '画布上一有层，不合适之处就会列在这里，并附上修复办法。',
    error: '错误',
    warning: '警告',
    design: '设计',
    data: '数据',
    setting: (path) => `训练：${path}`,
    dataSetting: (path) => `数据：${path}`,
    repair: (title) => `修复：${title}`,
    goTo: (place) => `选择 ${place}`,
  },
);
