/** A drawing is changed, undone and redone, whatever order it comes in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import { createDocumentStore, isUnsaved, type DocumentStore } from '../../../renderer/state/documentStore';

function opened(design: Design = emptyDesign('net'), now?: () => number): DocumentStore {
  const store = createDocumentStore(now);
  const document = {
    key: 'k',
    design: {},
    file: '/a.netloom',
    origin: 'file' as const,
    unsaved: false,
    recovered: null,
  };
  store.getState().load(document, design);
  return store;
}

const add = (id: string) => ({ edit: 'addNode', in: 'main', node: { id, layer: 'ReLU', params: {} } }) as const;

describe('a drawing', () => {
  it('is changed, undone and redone', () => {
    const store = opened();
    store.getState().edit('add', add('a'));
    store.getState().edit('add', add('b'));
    store.getState().undo();
    expect(store.getState().design.nodes.map(({ id }) => id)).toEqual(['a']);
    store.getState().redo();
    expect(store.getState().design.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('forgets what was undone once something else is done', () => {
    const store = opened();
    store.getState().edit('add', add('a'));
    store.getState().undo();
    store.getState().edit('add', add('b'));
    store.getState().redo();
    expect(store.getState().design.nodes.map(({ id }) => id)).toEqual(['b']);
  });

  it('is unsaved from the first change until it is saved, and not after undoing back to what was saved', () => {
    const store = opened();
    expect(isUnsaved(store.getState())).toBe(false);
    store.getState().edit('add', add('a'));
    expect(isUnsaved(store.getState())).toBe(true);
    store.getState().markSaved('/a.netloom', store.getState().revision);
    expect(isUnsaved(store.getState())).toBe(false);
    store.getState().edit('add', add('b'));
    store.getState().undo();
    expect(isUnsaved(store.getState())).toBe(false);
    store.getState().undo();
    expect(isUnsaved(store.getState())).toBe(true);
    store.getState().redo();
    expect(isUnsaved(store.getState())).toBe(false);
  });

  it('is unsaved where something was drawn while it was being written', () => {
    const store = opened();
    store.getState().edit('add', add('a'));
    const { revision } = store.getState();
    store.getState().edit('add', add('b'));
    store.getState().markSaved('/a.netloom', revision);
    expect(isUnsaved(store.getState())).toBe(true);
    store.getState().undo();
    expect(isUnsaved(store.getState())).toBe(false);
  });

  it('is as saved as before after a gesture that was called off', () => {
    const store = opened();
    store.getState().begin('drag');
    store.getState().edit('add', add('a'));
    expect(isUnsaved(store.getState())).toBe(true);
    store.getState().cancel();
    expect(isUnsaved(store.getState())).toBe(false);
  });
});

describe('a gesture', () => {
  it('is one step, however many edits it makes', () => {
    const store = opened();
    store.getState().begin('drag');
    for (const id of ['a', 'b', 'c']) store.getState().edit('add', add(id));
    store.getState().commit();
    store.getState().undo();
    expect(store.getState().design.nodes).toEqual([]);
    expect(store.getState().past).toEqual([]);
  });

  it('that is called off leaves nothing', () => {
    const store = opened();
    const before = store.getState().design;
    store.getState().begin('drag');
    store.getState().edit('add', add('a'));
    store.getState().cancel();
    expect(store.getState().design).toBe(before);
    expect(store.getState().past).toEqual([]);
  });
});

describe('edits with one merge key', () => {
  it('are one step while they follow each other closely', () => {
    let clock = 0;
    const store = opened(emptyDesign('net'), () => clock);
    const rename = (name: string): void =>
      store.getState().edit('rename', { edit: 'setName', name }, { merge: 'name' });
    rename('a');
    rename('ab');
    clock = 10_000;
    rename('abc');
    store.getState().undo();
    expect(store.getState().design.name).toBe('ab');
    store.getState().undo();
    expect(store.getState().design.name).toBe('net');
  });
});

describe('typing on after saving', () => {
  it('is a step of its own, so that undoing leads back to what was saved', () => {
    const store = opened();
    const rename = (name: string): void =>
      store.getState().edit('rename', { edit: 'setName', name }, { merge: 'name' });
    rename('a');
    store.getState().markSaved('/a.netloom', store.getState().revision);
    rename('ab');
    store.getState().undo();
    expect(store.getState().design.name).toBe('a');
    expect(isUnsaved(store.getState())).toBe(false);
  });
});

describe('any order of edits, gestures, undos and redos', () => {
  it('can be undone to the very first drawing, and redone to the last', () => {
    const act = fc.oneof(
      fc.record({ act: fc.constant('edit' as const), id: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ act: fc.constant('remove' as const), id: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.constantFrom({ act: 'undo' as const }, { act: 'redo' as const }),
      fc.constantFrom({ act: 'begin' as const }, { act: 'commit' as const }, { act: 'cancel' as const }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const store = opened();
        const first = JSON.stringify(store.getState().design);
        for (const one of acts) {
          const state = store.getState();
          if (one.act === 'edit') state.edit('add', add(one.id));
          else if (one.act === 'remove') state.edit('remove', { edit: 'removeNode', in: 'main', id: one.id });
          else if (one.act === 'begin') state.begin('gesture');
          else state[one.act]();
        }
        store.getState().commit();
        while (store.getState().future.length > 0) store.getState().redo();
        const last = JSON.stringify(store.getState().design);
        while (store.getState().past.length > 0) store.getState().undo();
        expect(JSON.stringify(store.getState().design)).toBe(first);
        while (store.getState().future.length > 0) store.getState().redo();
        expect(JSON.stringify(store.getState().design)).toBe(last);
      }),
    );
  });
});
