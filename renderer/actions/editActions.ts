/** The way back and forth in the drawing's history. */
import type { HistoryEntry } from '../state/documentStore';
import type { Studio } from '../state/studio';
import type { Action } from './action';
import { appActionStrings } from './appActionStrings';

const newest = (entries: readonly HistoryEntry[]): HistoryEntry | undefined => entries[entries.length - 1];

export const editActions: readonly Action[] = [
  {
    id: 'edit.undo',
    title: ({ document, language }: Studio) => {
      const { undo, undoWhat } = appActionStrings[language()];
      const entry = newest(document.getState().past);
      return entry ? undoWhat(entry.label) : undo;
    },
    menu: 'edit',
    group: 'history',
    shortcuts: ['Mod+Z'],
    enabled: ({ document }) => document.getState().past.length > 0 || document.getState().gesture !== null,
    run: ({ document }) => document.getState().undo(),
  },
  {
    id: 'edit.redo',
    title: ({ document, language }: Studio) => {
      const { redo, redoWhat } = appActionStrings[language()];
      const entry = newest(document.getState().future);
      return entry ? redoWhat(entry.label) : redo;
    },
    menu: 'edit',
    group: 'history',
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: ({ document }) => document.getState().future.length > 0,
    run: ({ document }) => document.getState().redo(),
  },
];
