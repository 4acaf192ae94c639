/** Copy, cut, paste and duplicate: copied nodes are text on the system's clipboard, so they cross windows and chats. */
import { isProblem } from '../../shared/messages';
import { copiedText, duplicateEdit, pasteAt } from '../state/drawing/clipboardEdits';
import { removeEdit } from '../state/drawing/nodeEdits';
import type { Studio } from '../state/studio';
import { titled, type Action } from './action';
import { canvasStrings as words } from './canvasStrings';
import { sentenceOf } from '../state/sentenceOf';

const anySelected = ({ view }: Studio): boolean => view.getState().selection.size > 0;
/** Beside the original, so that both are seen. */
const duplicateOffset = [32, 32] as const;

const common = { menu: 'edit', group: 'clipboard', scope: 'canvas' } as const;

export const clipboardActions: readonly Action[] = [
  {
    id: 'canvas.cut',
    title: titled(words, ({ cut }) => cut),
    ...common,
    shortcuts: ['Mod+X'],
    enabled: anySelected,
    run: async (studio) => {
      const { document, view } = studio;
      const { selection } = view.getState();
      if (!(await copy(studio))) return;
      document
        .getState()
        .edit(words[studio.language()].cut, removeEdit(document.getState().design, selection, new Set()));
      view.getState().select([]);
    },
  },
  {
    id: 'canvas.copy',
    title: titled(words, (one) => one.copy),
    ...common,
    shortcuts: ['Mod+C'],
    enabled: anySelected,
    run: async (studio) => void (await copy(studio)),
  },
  {
    id: 'canvas.paste',
    title: titled(words, ({ paste: name }) => name),
    ...common,
    shortcuts: ['Mod+V'],
    run: paste,
  },
  {
    id: 'canvas.duplicate',
    title: titled(words, (one) => one.duplicate),
    ...common,
    shortcuts: ['Mod+D'],
    enabled: anySelected,
    run: duplicate,
  },
];

/** False where the clipboard did not take it: then nothing may be cut. */
async function copy({ client, document, view }: Studio): Promise<boolean> {
  const text = copiedText(document.getState().design, view.getState().selection);
  try {
    await client.request('writeClipboard', { text });
    return true;
  } catch (error) {
    view.getState().notify({ kind: 'error', text: sentenceOf(error) });
    return false;
  }
}

async function paste(studio: Studio): Promise<void> {
  const { client, document, view } = studio;
  const { text } = await client.request('readClipboard', {}).catch(() => ({ text: null }));
  const { design } = document.getState();
  const pasted = text === null ? null : pasteAt(design, text, view.getState().canvas?.pointer() ?? [0, 0]);
  if (!pasted || isProblem(pasted)) {
    view.getState().notify({ kind: 'info', text: pasted?.message ?? words[studio.language()].nothingToPaste });
    return;
  }
  document.getState().edit(words[studio.language()].paste, pasted.edit);
  view.getState().select(pasted.ids);
}

function duplicate(studio: Studio): void {
  const { document, view } = studio;
  const copies = duplicateEdit(document.getState().design, view.getState().selection, duplicateOffset);
  if (isProblem(copies)) return;
  document.getState().edit(words[studio.language()].duplicate, copies.edit);
  view.getState().select(copies.ids);
}
