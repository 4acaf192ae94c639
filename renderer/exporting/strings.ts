/** Words of the code panel. */
import { defineStrings } from '../i18n/strings';

export const exportStrings = defineStrings(
  {
    targets: 'Targets',
    files: 'Files',
    code: (path: string) => `Code of ${path}`,
    copy: 'Copy',
    copied: (path: string) => `${path} is in the clipboard.`,
    nothingTitle: 'Nothing to write yet',
    nothingText: 'As soon as the design compiles, its code is here and follows every edit.',
    problems: 'Show the problems',
    obstaclesTitle: (target: string) => `This design cannot go to ${target} as it is`,
    lacking: (count: number) => (count === 1 ? 'one layer has no twin' : `${count} layers have no twin`),
    fits: 'every layer has a twin',
    select: (name: string) => `Select ${name}`,
    lines: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    hint: 'Click a line to select the layers it came from.',
  },
  {
    targets: '目标',
    files: '文件',
    code: (path) => `${path} 的代码`,
    copy: '复制',
    copied: (path) => `${path} 已复制到剪贴板。`,
    nothingTitle: '还没有可写的代码',
    nothingText: '设计一旦可以编译，代码就会显示在这里，并随每次编辑更新。',
    problems: '显示问题',
    obstaclesTitle: (target) => `此设计目前无法导出到 ${target}`,
    lacking: (count) => `${count} 个层没有对应实现`,
    fits: '每个层都有对应实现',
    select: (name) => `选择 ${name}`,
    lines: (count) => `${count} 行`,
    hint: '单击一行即可选中它所来自的层。',
  },
);
