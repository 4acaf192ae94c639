/** Where to find out what can be done, and with what. */
import { titled, type Action } from './action';
import { appActionStrings as words } from './appActionStrings';
import { moveFocus } from './moveFocus';

export const helpActions: readonly Action[] = [
  {
    id: 'help.commands',
    title: titled(words, ({ commands }) => commands),
    menu: 'help',
    group: 'find',
    shortcuts: ['Mod+K', 'Mod+Shift+P'],
    run: ({ view }) => view.getState().openDialog(view.getState().dialog === 'commands' ? null : 'commands'),
  },
  {
    id: 'help.shortcuts',
    title: titled(words, ({ shortcuts }) => shortcuts),
    menu: 'help',
    group: 'find',
    shortcuts: ['?'],
    run: ({ view }) => view.getState().openDialog('shortcuts'),
  },
  {
    id: 'help.nextRegion',
    title: titled(words, ({ nextRegion }) => nextRegion),
    menu: null,
    group: 'find',
    shortcuts: ['F6'],
    run: () => moveFocus(1),
  },
  {
    id: 'help.previousRegion',
    title: titled(words, ({ previousRegion }) => previousRegion),
    menu: null,
    group: 'find',
    shortcuts: ['Shift+F6'],
    run: () => moveFocus(-1),
  },
  {
    id: 'help.about',
    title: titled(words, ({ about }) => about),
    menu: 'help',
    group: 'about',
    run: ({ view }) => view.getState().openDialog('about'),
  },
];
