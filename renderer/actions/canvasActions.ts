/** What can be done on the canvas, by keys, menus and the command palette. */
import { titled, type Action } from './action';
import { canvasStrings as words } from './canvasStrings';
import { clipboardActions } from './clipboardActions';
import {
  connectSelected,
  disconnectSelected,
  nudgeSelected,
  removeSelected,
  selectNeighbour,
} from './selectionCommands';
import type { Studio } from '../state/studio';

const isDrawn = ({ view }: Studio): boolean => view.getState().canvas !== null;
const somethingSelected = ({ view }: Studio): boolean => {
  const { selection, selectedWires } = view.getState();
  return selection.size + selectedWires.size > 0;
};
const selected = ({ view }: Studio): number => view.getState().selection.size;

const editing = { menu: 'edit', group: 'canvas', scope: 'canvas' } as const;
const selecting = { menu: 'edit', group: 'select', scope: 'canvas' } as const;
const viewing = { menu: 'view', group: 'zoom', scope: 'canvas', enabled: isDrawn } as const;
const title = (pick: Parameters<typeof titled<(typeof words)['en']>>[1]): Action['title'] => titled(words, pick);

const nodeActions: readonly Action[] = [
  {
    id: 'canvas.search',
    title: title(({ search }) => search),
    ...editing,
    shortcuts: ['Tab', 'Shift+A'],
    enabled: isDrawn,
    run: ({ view }) => view.getState().canvas?.search(),
  },
  {
    id: 'canvas.delete',
    title: title((one) => one.delete),
    ...editing,
    shortcuts: ['Delete', 'Backspace'],
    enabled: somethingSelected,
    run: (studio) => removeSelected(studio, true),
  },
  {
    id: 'canvas.deleteOnly',
    title: title(({ deleteOnly }) => deleteOnly),
    ...editing,
    shortcuts: ['Shift+Delete'],
    enabled: somethingSelected,
    run: (studio) => removeSelected(studio, false),
  },
  {
    id: 'canvas.connect',
    title: title(({ connect }) => connect),
    ...editing,
    shortcuts: ['F'],
    enabled: (studio) => selected(studio) === 2,
    run: connectSelected,
  },
  {
    id: 'canvas.disconnect',
    title: title(({ disconnect }) => disconnect),
    ...editing,
    enabled: (studio) => selected(studio) > 0,
    run: disconnectSelected,
  },
  {
    id: 'canvas.rename',
    title: title(({ rename }) => rename),
    ...editing,
    shortcuts: ['F2'],
    enabled: (studio) => selected(studio) === 1,
    run: ({ view }) => {
      const { canvas, selection } = view.getState();
      for (const id of selection) canvas?.rename(id);
    },
  },
  {
    id: 'canvas.arrange',
    title: title(({ arrange }) => arrange),
    ...editing,
    shortcuts: ['Shift+L'],
    enabled: isDrawn,
    run: ({ view }) => view.getState().canvas?.arrange(),
  },
];

const selectActions: readonly Action[] = [
  {
    id: 'canvas.selectAll',
    title: title(({ selectAll }) => selectAll),
    ...selecting,
    shortcuts: ['Mod+A'],
    run: ({ view, document }) => view.getState().select(document.getState().design.nodes.map(({ id }) => id)),
  },
  {
    id: 'canvas.selectNone',
    title: title(({ selectNone }) => selectNone),
    ...selecting,
    shortcuts: ['Escape'],
    enabled: somethingSelected,
    run: ({ view }) => view.getState().select([]),
  },
  {
    id: 'canvas.selectNext',
    title: title(({ selectNext }) => selectNext),
    ...selecting,
    menu: null,
    shortcuts: ['Alt+ArrowRight'],
    run: (studio) => selectNeighbour(studio, 'next'),
  },
  {
    id: 'canvas.selectPrevious',
    title: title(({ selectPrevious }) => selectPrevious),
    ...selecting,
    menu: null,
    shortcuts: ['Alt+ArrowLeft'],
    run: (studio) => selectNeighbour(studio, 'previous'),
  },
];

const ways = [
  { key: 'ArrowLeft', name: 'nudgeLeft', by: [-1, 0] },
  { key: 'ArrowRight', name: 'nudgeRight', by: [1, 0] },
  { key: 'ArrowUp', name: 'nudgeUp', by: [0, -1] },
  { key: 'ArrowDown', name: 'nudgeDown', by: [0, 1] },
] as const;

const nudgeActions: readonly Action[] = ways.flatMap(({ key, name, by: [dx, dy] }): Action[] => [
  {
    id: `canvas.${name}`,
    title: title((one) => one[name]),
    ...editing,
    menu: null,
    group: 'nudge',
    shortcuts: [key],
    enabled: (studio) => selected(studio) > 0,
    run: (studio) => nudgeSelected(studio, dx, dy),
  },
  {
    id: `canvas.${name}Far`,
    title: title((one) => one.nudgeFar(one[name])),
    ...editing,
    menu: null,
    group: 'nudge',
    shortcuts: [`Shift+${key}`],
    enabled: (studio) => selected(studio) > 0,
    run: (studio) => nudgeSelected(studio, dx * 10, dy * 10),
  },
]);

const zoomActions: readonly Action[] = [
  {
    id: 'canvas.fit',
    title: title(({ fit }) => fit),
    ...viewing,
    shortcuts: ['Shift+1'],
    run: ({ view }) => view.getState().canvas?.fit(),
  },
  {
    id: 'canvas.fitSelection',
    title: title(({ fitSelection }) => fitSelection),
    ...viewing,
    shortcuts: ['Shift+2', '.'],
    run: ({ view }) => view.getState().canvas?.fitSelection(),
  },
  {
    id: 'canvas.zoomReset',
    title: title(({ zoomReset }) => zoomReset),
    ...viewing,
    shortcuts: ['Shift+0', 'Mod+0'],
    run: ({ view }) => view.getState().canvas?.zoomTo(1),
  },
  {
    id: 'canvas.zoomIn',
    title: title(({ zoomIn }) => zoomIn),
    ...viewing,
    scope: 'window',
    shortcuts: ['Mod+=', 'Mod++'],
    run: ({ view }) => view.getState().canvas?.zoomIn(),
  },
  {
    id: 'canvas.zoomOut',
    title: title(({ zoomOut }) => zoomOut),
    ...viewing,
    scope: 'window',
    shortcuts: ['Mod+-'],
    run: ({ view }) => view.getState().canvas?.zoomOut(),
  },
];

export const canvasActions: readonly Action[] = [
  ...clipboardActions,
  ...nodeActions,
  ...selectActions,
  ...nudgeActions,
  ...zoomActions,
];
