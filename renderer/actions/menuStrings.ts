/** Names of the menus. */
import { defineStrings } from '../i18n/strings';

export const menuStrings = defineStrings(
  { file: 'File', edit: 'Edit', view: 'View', train: 'Train', help: 'Help' },
  { file: '文件', edit: '编辑', view: '视图', train: '训练', help: '帮助' },
);
