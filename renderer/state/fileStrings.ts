/** What is said about files, wherever they are opened from. */
import { defineStrings } from '../i18n/strings';

export const fileStrings = defineStrings(
  {
    untitled: 'Untitled',
    theDrawing: 'the drawing',
    elsewhere: 'Opened in another window, because this one has unsaved changes.',
    fileElsewhere: (file: string) => `${file} is shown in another window.`,
    recovered: (name: string, when: string) => `“${name}” was brought back as it was at ${when}.`,
    keepEditing: 'Keep editing',
    discardDrawing: 'Discard it',
    discardChanges: 'Go back to the file',
    changedOnDisk: (file: string) => `${file} was changed by another program.`,
    reload: 'Open that version',
    saveAs: 'Save mine as…',
  },
  {
    untitled: '未命名',
    theDrawing: '当前设计',
    elsewhere: '此窗口有未保存的更改，已在另一个窗口中打开。',
    fileElsewhere: (file: string) => `${file} 已在另一个窗口中显示。`,
    recovered: (name: string, when: string) => `已恢复“${name}”在 ${when} 的内容。`,
    keepEditing: '继续编辑',
    discardDrawing: '放弃该设计',
    discardChanges: '恢复为文件内容',
    changedOnDisk: (file: string) => `${file} 已被其他程序修改。`,
    reload: '打开该版本',
    saveAs: '将我的版本另存为…',
  },
);
