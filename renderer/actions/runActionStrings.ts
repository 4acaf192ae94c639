/** Words of what can be done with a run. */
import { autoEngine } from '../../shared/training/autoEngine';
import { defineStrings } from '../i18n/strings';

export const runActionStrings = defineStrings(
  {
    resume: 'Resume the selected run',
    resumeOn: (engine: string) => `Resume the selected run on ${engine === autoEngine ? 'the fastest engine' : engine}`,
    openDesign: "Open the selected run's design",
    showFolder: "Show the selected run's folder",
    baseline: 'Measure against the selected run',
    noBaseline: 'Measure against no run',
    remove: 'Delete the selected run',
    overlayNone: 'Hide all overlaid curves',
    removed: (name: string) => `"${name}" was deleted.`,
    undo: 'Undo',
    busy: 'Another run is being trained. Stop it first, or wait until it has finished.',
  },
  {
    resume: '继续训练所选运行',
    resumeOn: (engine: string) => `在${engine === autoEngine ? '最快的引擎' : ` ${engine} `}上继续训练所选运行`,
    openDesign: '打开所选运行的设计',
    showFolder: '显示所选运行的文件夹',
    baseline: '以所选运行为基准',
    noBaseline: '取消基准',
    remove: '删除所选运行',
    overlayNone: '隐藏所有叠加的曲线',
    removed: (name: string) => `已删除“${name}”。`,
    undo: '撤销',
    busy: '另一个运行正在训练。请先停止它，或等它结束。',
  },
);
