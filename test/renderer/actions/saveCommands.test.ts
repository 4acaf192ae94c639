/** Saving: to its file, to another, over somebody else's version, and onto a disk that is full. */
import { describe, expect, it } from 'vitest';
import { save } from '../../../renderer/actions/saveCommands';
import { isUnsaved } from '../../../renderer/state/documentStore';
import { emptyDesign } from '../../../shared/design/schema';
import type { SaveOutcome } from '../../../shared/ipc/studio/documentSchemas';
import { fakeStudio, openedDocument, type FakeStudio } from '../fakeStudio';

function drawn(answer: () => SaveOutcome): FakeStudio {
  const fake = fakeStudio({ save: answer });
  fake.studio.document.getState().load(openedDocument(), emptyDesign('net'));
  fake.studio.document.getState().edit('rename', { edit: 'setName', name: 'changed' });
  return fake;
}

describe('a drawing that is saved', () => {
  it('has nothing unsaved, and knows its file', async () => {
    const { studio, asked } = drawn(() => ({ outcome: 'saved', file: '/home/b.netloom' }));
    expect(await save(studio, { as: true })).toBe(true);
    expect(asked('save')).toMatchObject([{ key: 'k', as: true, overwrite: false, design: { name: 'changed' } }]);
    expect(studio.document.getState().file).toBe('/home/b.netloom');
    expect(isUnsaved(studio.document.getState())).toBe(false);
  });

  it('needs no notice about its file any more', async () => {
    const { studio } = drawn(() => ({ outcome: 'saved', file: '/home/a.netloom' }));
    studio.view.getState().notify({ kind: 'warning', text: 'It was changed by another program.', ofDocument: true });
    studio.view.getState().notify({ kind: 'error', text: 'Something else.' });
    await save(studio);
    expect(studio.view.getState().notices.map(({ text }) => text)).toEqual(['Something else.']);
  });

  it('while it is drawn on keeps its mark', async () => {
    const { studio } = drawn(() => ({ outcome: 'saved', file: '/home/a.netloom' }));
    const saving = save(studio);
    studio.document.getState().edit('rename', { edit: 'setName', name: 'meanwhile' });
    await saving;
    expect(isUnsaved(studio.document.getState())).toBe(true);
  });

  it('includes the gesture that is going on', async () => {
    const { studio, asked } = drawn(() => ({ outcome: 'saved', file: '/home/a.netloom' }));
    studio.document.getState().begin('drag');
    studio.document.getState().edit('rename', { edit: 'setName', name: 'dragged' });
    await save(studio);
    expect(asked('save')).toMatchObject([{ design: { name: 'dragged' } }]);
    expect(isUnsaved(studio.document.getState())).toBe(false);
  });
});

describe('a file that somebody else wrote', () => {
  it('is not written until the user says so', async () => {
    const fake = drawn(() =>
      fake.asked('save').slice(-1)[0]?.overwrite
        ? { outcome: 'saved', file: '/home/a.netloom' }
        : { outcome: 'changedOnDisk', file: '/home/a.netloom' },
    );
    const { studio } = fake;
    expect(await save(studio)).toBe(false);
    expect(studio.files.getState().contested).toBe('/home/a.netloom');
    expect(isUnsaved(studio.document.getState())).toBe(true);
    expect(await save(studio, { overwrite: true })).toBe(true);
    expect(studio.files.getState().contested).toBe(null);
  });
});

describe('a save that fails or is called off', () => {
  it('is said, and leaves the mark', async () => {
    const { studio } = drawn(() => {
      throw new Error('No space is left on the disk.');
    });
    expect(await save(studio)).toBe(false);
    expect(studio.view.getState().notices).toMatchObject([{ kind: 'error', text: 'No space is left on the disk.' }]);
    expect(isUnsaved(studio.document.getState())).toBe(true);
  });

  it('can be tried again', async () => {
    const { studio, asked } = drawn(() => ({ outcome: 'cancelled' }));
    expect([await save(studio), await save(studio)]).toEqual([false, false]);
    expect(asked('save')).toHaveLength(2);
  });
});
