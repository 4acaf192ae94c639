/** Nodes are removed, with or without closing the gap, moved and renamed. */
import { describe, expect, it } from 'vitest';
import { moveEdit, removeAndReconnectEdit, removeEdit, renameEdit } from '../../../../renderer/state/drawing/nodeEdits';
import { after, drawing, rowsOf, wiresText } from './drawings';

const image = { image: { shape: [8, 8, 3] } };
const none: ReadonlySet<string> = new Set();

describe('deleting', () => {
  it('closes the gap where the source fits what the node fed', () => {
    const design = drawing('image:Input a:ReLU b:BatchNorm c:ReLU', 'image>a a>b b>c', image);
    const edit = removeAndReconnectEdit(design, rowsOf(design), new Set(['b']), none);
    expect(wiresText(after(design, edit))).toBe('image>a a>c');
  });

  it('closes it through several nodes at once, to every branch', () => {
    const design = drawing('image:Input a:ReLU b:ReLU c:ReLU d:ReLU', 'image>a a>b b>c b>d', image);
    const edit = removeAndReconnectEdit(design, rowsOf(design), new Set(['a', 'b']), none);
    expect(wiresText(after(design, edit))).toBe('image>c image>d');
  });

  it('leaves the gap where shapes do not allow to close it', () => {
    const design = drawing(
      'image:Input conv:Conv2D flat:Flatten dense:Dense conv2:Conv2D',
      'image>conv conv>flat flat>dense',
      {
        ...image,
      },
    );
    const withWire = { ...design, wires: [...design.wires, { from: 'flat', to: 'conv2' }] };
    const edit = removeAndReconnectEdit(withWire, rowsOf(withWire), new Set(['conv']), none);
    expect(wiresText(after(withWire, edit))).toBe('image>flat flat>dense flat>conv2');
    const reshape = drawing('words:Input embed:Embedding dense:Dense', 'words>embed embed>dense', {
      words: { shape: [12], dtype: 'int32' },
    });
    const removed = removeAndReconnectEdit(reshape, rowsOf(reshape), new Set(['embed']), none);
    expect(wiresText(after(reshape, removed))).toBe('');
  });

  it('keeps the order of what is joined', () => {
    const nodes = 'image:Input other:Input a:ReLU join:Concatenate';
    const design = drawing(nodes, 'image>a a>join other>join', { ...image, other: { shape: [8, 8, 1] } });
    const edit = removeAndReconnectEdit(design, rowsOf(design), new Set(['a']), none);
    expect(wiresText(after(design, edit))).toBe('image>join other>join');
  });

  it('without reconnecting takes the wires too; a selected wire goes alone', () => {
    const design = drawing('image:Input a:ReLU b:ReLU', 'image>a a>b', image);
    expect(wiresText(after(design, removeEdit(design, new Set(['a']), none)))).toBe('');
    expect(wiresText(after(design, removeEdit(design, none, new Set(['a → b']))))).toBe('image>a');
  });
});

describe('a name', () => {
  const design = drawing('a:ReLU');
  const named = (text: string): string | undefined => {
    const edit = renameEdit(design, 'a', text);
    return edit ? after(design, edit).nodes[0]?.name : undefined;
  };

  it('is set without the blanks around it, and cut where a file could not hold it', () => {
    expect(named('  stem ')).toBe('stem');
    expect(named('x'.repeat(10_000))).toHaveLength(200);
  });

  it('that is empty, or the id, changes nothing', () => {
    expect(renameEdit(design, 'a', ' ')).toBeNull();
    expect(renameEdit(design, 'a', 'a')).toBeNull();
  });
});

describe('moving', () => {
  it('edits only what really moves, in hundredths of a pixel', () => {
    const design = drawing('a:ReLU b:ReLU');
    const edit = moveEdit(
      design,
      new Map([
        ['a', [0, 0]],
        ['b', [10.123456, 3]],
      ]),
    );
    expect(edit).toMatchObject({ edit: 'updateNode', id: 'b', node: { position: [10.12, 3] } });
  });
});
