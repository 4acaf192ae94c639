/** What keys and menus do on the canvas, from end to end on the stores. */
import { beforeEach, describe, expect, it } from 'vitest';
import { actionById, runAction } from '../../../renderer/actions/allActions';
import type { Studio } from '../../../renderer/state/studio';
import { drawing, wiresText } from '../state/drawing/drawings';
import { fakeStudio, openedDocument } from '../fakeStudio';

let studio: Studio;
let clipboard: string | null;

beforeEach(() => {
  clipboard = null;
  ({ studio } = fakeStudio({
    writeClipboard: ({ text }) => {
      clipboard = text;
      return {};
    },
    readClipboard: () => ({ text: clipboard }),
  }));
  const design = drawing('image:Input a:ReLU b:BatchNorm c:ReLU', 'image>a a>b b>c', { image: { shape: [8, 8, 3] } });
  studio.document.getState().load(openedDocument(design), design);
});

async function press(id: string, ...selection: string[]): Promise<void> {
  if (selection.length > 0) studio.view.getState().select(selection);
  const action = actionById(id);
  if (!action) throw new Error(`there is no action ${id}`);
  await runAction(action, studio);
}

const nodes = (): string =>
  studio.document
    .getState()
    .design.nodes.map(({ id }) => id)
    .join(' ');
const wires = (): string => wiresText(studio.document.getState().design);
const steps = (): string[] => studio.document.getState().past.map(({ label }) => label);
const selected = (): string => [...studio.view.getState().selection].join(' ');

describe('on the canvas', () => {
  it('Delete closes the gap, Shift+Delete does not; each is one step of undo', async () => {
    await press('canvas.delete', 'a', 'b');
    expect([nodes(), wires()]).toEqual(['image c', 'image>c']);
    studio.document.getState().undo();
    expect(wires()).toBe('image>a a>b b>c');
    await press('canvas.deleteOnly', 'a');
    expect(wires()).toBe('b>c');
    expect(steps()).toHaveLength(1);
    expect(selected()).toBe('');
  });

  it('copies nodes as text, cuts and pastes them, also into another window', async () => {
    await press('canvas.copy', 'a', 'b');
    expect(clipboard).toContain('netloomClipboard');
    await press('canvas.paste');
    expect([nodes(), wires()]).toEqual(['image a b c a2 b2', 'image>a a>b b>c a2>b2']);
    expect(selected()).toBe('a2 b2');
    await press('canvas.cut', 'a2', 'b2');
    expect(nodes()).toBe('image a b c');
    await press('canvas.paste');
    expect(nodes()).toBe('image a b c a2 b2');
  });

  it('keeps what the clipboard did not take, and says so', async () => {
    ({ studio } = fakeStudio({
      writeClipboard: () => {
        throw new Error('The clipboard is not there.');
      },
    }));
    const design = drawing('a:ReLU');
    studio.document.getState().load(openedDocument(design), design);
    await press('canvas.cut', 'a');
    expect(nodes()).toBe('a');
    expect(studio.view.getState().notices.map(({ text }) => text)).toEqual(['The clipboard is not there.']);
  });

  it('says what to do where there is nothing to paste', async () => {
    await press('canvas.paste');
    clipboard = '{"some": "json"}';
    await press('canvas.paste');
    expect(nodes()).toBe('image a b c');
    expect(studio.view.getState().notices).toHaveLength(2);
  });

  it('duplicates beside the originals and selects the copies', async () => {
    await press('canvas.duplicate', 'b');
    expect([nodes(), selected()]).toEqual(['image a b c b2', 'b2']);
    expect(studio.document.getState().design.nodes[4]?.position).toEqual([512, 32]);
  });

  it('F joins two nodes from left to right, or says why not', async () => {
    await press('canvas.connect', 'c', 'image');
    expect(wires()).toBe('image>a a>b image>c');
    await press('canvas.connect', 'a', 'b');
    expect(studio.view.getState().notices.map(({ text }) => text)).toEqual(['This wire is there already.']);
  });

  it('arrows move by one, with Shift by ten, and a row of them is one step', async () => {
    await press('canvas.nudgeRight', 'a');
    await press('canvas.nudgeRight');
    await press('canvas.nudgeDownFar');
    expect(studio.document.getState().design.nodes[1]?.position).toEqual([242, 10]);
    expect(steps()).toEqual(['Move']);
  });

  it('selects all and nothing, and takes the wires of a node', async () => {
    await press('canvas.selectAll');
    expect(selected()).toBe(nodes());
    await press('canvas.selectNone');
    expect(selected()).toBe('');
    await press('canvas.disconnect', 'b');
    expect(wires()).toBe('image>a');
  });

  it('does nothing to what is not selected', async () => {
    for (const id of ['canvas.delete', 'canvas.duplicate', 'canvas.copy', 'canvas.connect', 'canvas.nudgeLeft'])
      await press(id);
    expect([steps(), clipboard]).toEqual([[], null]);
  });
});
