/** Designs and windows: new, open, save, close. */
import { documentName, shortened } from '../state/documentName';
import { openBy } from '../state/openOutcome';
import type { Studio } from '../state/studio';
import { titled, type Action } from './action';
import { appActionStrings as words } from './appActionStrings';
import { save } from './saveCommands';

const isOpen = ({ document }: Studio): boolean => document.getState().key !== null;

const recentPlaces = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Characters of a name in a menu. */
const longestTitle = 48;

const recentActions = recentPlaces.map((place): Action => {
  const fileOf = ({ files }: Studio) => files.getState().recent[place - 1];
  return {
    id: `file.recent${place}`,
    title: (studio) => {
      const { recent, noRecent } = words[studio.language()];
      return recent(place, shortened(fileOf(studio)?.name ?? noRecent, longestTitle));
    },
    menu: 'file',
    group: 'recent',
    shortcuts: [`Mod+${place}`],
    enabled: (studio) => fileOf(studio) !== undefined,
    offered: (studio) => fileOf(studio) !== undefined,
    run: async (studio) => {
      const found = fileOf(studio);
      if (found) await openBy(studio, () => studio.client.request('open', { recent: found.file }));
    },
  };
});

export const fileActions: readonly Action[] = [
  {
    id: 'file.new',
    title: titled(words, (one) => one.new),
    menu: 'file',
    group: 'open',
    shortcuts: ['Mod+N'],
    run: (studio) => openBy(studio, () => studio.client.request('newDocument', {})),
  },
  {
    id: 'file.newWindow',
    title: titled(words, ({ newWindow }) => newWindow),
    menu: 'file',
    group: 'open',
    shortcuts: ['Mod+Shift+N'],
    run: ({ client }) => void client.request('newWindow', {}),
  },
  {
    id: 'file.open',
    title: titled(words, ({ open }) => open),
    menu: 'file',
    group: 'open',
    shortcuts: ['Mod+O'],
    run: (studio) => openBy(studio, () => studio.client.request('open', { recent: null })),
  },
  ...recentActions,
  {
    id: 'file.save',
    title: titled(words, (one) => one.save),
    menu: 'file',
    group: 'save',
    shortcuts: ['Mod+S'],
    enabled: isOpen,
    run: async (studio) => void (await save(studio)),
  },
  {
    id: 'file.saveAs',
    title: titled(words, ({ saveAs }) => saveAs),
    menu: 'file',
    group: 'save',
    shortcuts: ['Mod+Shift+S'],
    enabled: isOpen,
    run: async (studio) => void (await save(studio, { as: true })),
  },
  {
    id: 'file.settings',
    title: titled(words, ({ settings }) => settings),
    menu: 'file',
    group: 'settings',
    shortcuts: ['Mod+,'],
    run: ({ view }) => view.getState().openDialog('settings'),
  },
  {
    id: 'file.close',
    title: titled(words, ({ close }) => close),
    menu: 'file',
    group: 'close',
    shortcuts: ['Mod+W'],
    run: () => window.close(),
  },
];

/** What the window's title says; the main process adds the program's name. */
export function windowTitle(studio: Studio, untitled: string): string {
  const state = studio.document.getState();
  return state.key === null ? '' : shortened(documentName(state, untitled), 100);
}
