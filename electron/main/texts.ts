/** The few words that the main process says itself, in dialogs of the system, in the languages of the window. */
import type { Settings } from '../../shared/ipc/studio/settingsSchema';

export interface Texts {
  design: string;
  openDesign: string;
  saveDesign: string;
  dataFile: string;
  exportFolder: string;
  exportButton: string;
  allFiles: string;
  crashed: string;
  crashedDetail: string;
  hanging: string;
  hangingDetail: string;
  reload: string;
  wait: string;
  close: string;
  background: string;
  backgroundDetail: string;
  backgroundEnded: string;
}

const english: Texts = {
  design: 'Netloom design',
  openDesign: 'Open a design',
  saveDesign: 'Save the design',
  dataFile: 'Choose a data file',
  exportFolder: 'Name a folder for the code',
  exportButton: 'Write code',
  allFiles: 'All files',
  crashed: 'This window stopped working.',
  crashedDetail: 'The drawing is kept in its journal, and training goes on. Load the window again to go on drawing.',
  hanging: 'This window does not answer.',
  hangingDetail: 'Wait a little, or load it again: the drawing is kept in its journal, and training goes on.',
  reload: 'Load again',
  wait: 'Wait',
  close: 'Close',
  background: 'Training goes on in the background',
  backgroundDetail: 'Netloom ends with the run. Start it again to see how it goes.',
  backgroundEnded: 'The run in the background has ended',
};

const simplifiedChinese: Texts = {
  design: 'Netloom 设计',
  openDesign: '打开设计',
  saveDesign: '保存设计',
  dataFile: '选择数据文件',
  exportFolder: '为代码命名一个文件夹',
  exportButton: '写入代码',
  allFiles: '所有文件',
  crashed: '此窗口已停止工作。',
  crashedDetail: '图纸保存在日志中，训练仍在继续。重新加载窗口即可继续绘制。',
  hanging: '此窗口没有响应。',
  hangingDetail: '请稍候，或重新加载：图纸保存在日志中，训练仍在继续。',
  reload: '重新加载',
  wait: '等待',
  close: '关闭',
  background: '训练在后台继续',
  backgroundDetail: 'Netloom 将在运行结束后退出。再次启动即可查看进度。',
  backgroundEnded: '后台运行已结束',
};

/** `system`: Simplified Chinese where the system speaks Chinese, else English. */
export function textsFor(language: Settings['language'], systemLanguage: string): Texts {
  const chosen = language === 'system' ? systemLanguage : language;
  return /^zh\b/i.test(chosen) ? simplifiedChinese : english;
}
