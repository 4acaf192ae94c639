/** What follows from the drawing is true after every edit, and rapid edits cost one compile a frame. */
import { describe, expect, it } from 'vitest';
import { createDerivedStore } from '../../../renderer/state/derivedStore';
import { createDocumentStore } from '../../../renderer/state/documentStore';
import { emptyDesign } from '../../../shared/design/schema';
import { openedDocument } from '../fakeStudio';

/** Frames that pass when they are told to. */
function frames() {
  const waiting: (() => void)[] = [];
  return {
    delay: (work: () => void) => void waiting.push(work),
    pass: () => {
      for (const work of waiting.splice(0)) work();
    },
  };
}

function drawing() {
  const clock = frames();
  const document = createDocumentStore();
  document.getState().load(openedDocument(), emptyDesign('net'));
  const derived = createDerivedStore(document, clock.delay);
  let compiles = 0;
  derived.subscribe(() => (compiles += 1));
  const add = (id: string): void =>
    document.getState().edit('add', { edit: 'addNode', in: 'main', node: { id, layer: 'ReLU', params: {} } });
  const listed = (): string[] => [...derived.getState().layers.keys()];
  return { document, derived, add, listed, pass: clock.pass, compiles: () => compiles };
}

describe('an edit', () => {
  it('is compiled at once', () => {
    const { add, listed } = drawing();
    add('a');
    expect(listed()).toEqual(['a']);
  });

  it('that only moves a node compiles nothing', () => {
    const { document, add, compiles, pass } = drawing();
    add('a');
    pass();
    const node = { id: 'a', layer: 'ReLU', params: document.getState().design.nodes[0]?.params ?? {} };
    const edit = { edit: 'updateNode', in: 'main', id: 'a', node: { ...node, position: [1, 2] } } as const;
    document.getState().edit('move', { ...edit, node: { ...edit.node, position: [1, 2] } });
    pass();
    expect(compiles()).toBe(1);
  });
});

describe('500 rapid undos', () => {
  it('compile twice: the first, and where they have led to by the next frame', () => {
    const { document, add, listed, pass, compiles } = drawing();
    for (let at = 0; at < 500; at += 1) add(`n${at}`);
    pass();
    pass();
    const before = compiles();
    for (let at = 0; at < 500; at += 1) document.getState().undo();
    expect(compiles() - before).toBe(1);
    pass();
    expect(compiles() - before).toBe(2);
    expect(listed()).toEqual([]);
    pass();
    pass();
    expect(compiles() - before).toBe(2);
  });

  it('are up to date at any moment for who asks', () => {
    const { document, derived, add, listed } = drawing();
    for (const id of ['a', 'b', 'c']) add(id);
    document.getState().undo();
    derived.getState().flush();
    expect(listed()).toEqual(['a', 'b']);
  });
});

describe('another drawing', () => {
  it('is compiled at once, even right after an edit', () => {
    const { document, add, listed } = drawing();
    add('a');
    add('b');
    document.getState().load(openedDocument(emptyDesign(), { key: 'other' }), emptyDesign());
    expect(listed()).toEqual([]);
  });
});
