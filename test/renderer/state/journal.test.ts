/** What is drawn reaches the journal within a quarter of a second, whatever is done, undone, saved and called off. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDesign } from '../../../shared/design/schema';
import { isUnsaved } from '../../../renderer/state/documentStore';
import { answered, fakeStudio, openedDocument, type FakeStudio } from '../fakeStudio';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function drawing(): FakeStudio {
  const fake = fakeStudio();
  fake.studio.document.getState().load(openedDocument(), emptyDesign('net'));
  return fake;
}

const name = (fake: FakeStudio, to: string): void =>
  fake.studio.document.getState().edit('rename', { edit: 'setName', name: to });

/** What is in the journal now, in the eyes of the main process. */
const kept = (fake: FakeStudio): unknown => fake.asked('journal').slice(-1)[0]?.design ?? null;

describe('the journal', () => {
  it('has an edit within 250 ms, and many quick ones as one', () => {
    const fake = drawing();
    name(fake, 'a');
    for (const letter of 'bcdefgh') name(fake, letter);
    expect(fake.asked('journal')).toEqual([]);
    vi.advanceTimersByTime(250);
    expect(fake.asked('journal')).toHaveLength(1);
    expect(kept(fake)).toMatchObject({ name: 'h' });
  });

  it('does not wait for the end of edits that go on', () => {
    const fake = drawing();
    for (let edit = 0; edit < 100; edit += 1) {
      name(fake, `n${edit}`);
      vi.advanceTimersByTime(16);
    }
    expect(fake.asked('journal').length).toBeGreaterThanOrEqual(6);
  });

  it('is given up once nothing is unsaved: saved, or undone back to what was saved', () => {
    const fake = drawing();
    const { document } = fake.studio;
    name(fake, 'a');
    vi.advanceTimersByTime(250);
    document.getState().undo();
    vi.advanceTimersByTime(250);
    expect(fake.asked('journal').map(({ design }) => design === null)).toEqual([false, true]);
    name(fake, 'b');
    document.getState().markSaved('/home/a.netloom', document.getState().revision);
    vi.advanceTimersByTime(250);
    expect(kept(fake)).toBe(null);
  });

  it('gets what waits before something else is opened', () => {
    const fake = drawing();
    name(fake, 'a');
    fake.studio.journal.flush();
    expect(kept(fake)).toMatchObject({ name: 'a' });
  });

  it('is tried again after the main process could not take it', async () => {
    let full = true;
    const fake = fakeStudio({
      journal: () => {
        if (full) throw new Error('the disk is full');
        return {};
      },
    });
    fake.studio.document.getState().load(openedDocument(), emptyDesign('net'));
    name(fake, 'a');
    vi.advanceTimersByTime(250);
    await answered();
    full = false;
    name(fake, 'b');
    vi.advanceTimersByTime(250);
    expect(fake.asked('journal')).toHaveLength(2);
  });

  it('holds, after any sequence, the drawing where it is unsaved, and nothing where it is not', () => {
    const act = fc.oneof(
      fc.record({ act: fc.constant('name' as const), to: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400 }) }),
      fc.constantFrom(
        { act: 'undo' as const },
        { act: 'redo' as const },
        { act: 'save' as const },
        { act: 'begin' as const },
        { act: 'commit' as const },
        { act: 'cancel' as const },
      ),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 50 }), (acts) => {
        const fake = drawing();
        const { document } = fake.studio;
        let saved = JSON.stringify(document.getState().design);
        for (const one of acts) {
          const state = document.getState();
          if (one.act === 'name') name(fake, one.to);
          else if (one.act === 'wait') vi.advanceTimersByTime(one.ms);
          else if (one.act === 'begin') state.begin('gesture');
          else if (one.act === 'save') {
            state.markSaved('/home/a.netloom', state.revision);
            saved = JSON.stringify(state.design);
          } else state[one.act]();
        }
        vi.advanceTimersByTime(250);
        const state = document.getState();
        if (isUnsaved(state)) expect(JSON.stringify(kept(fake))).toBe(JSON.stringify(state.design));
        else {
          expect(kept(fake)).toBe(null);
          // The mark is never missing where something would be lost.
          expect(JSON.stringify(state.design)).toBe(saved);
        }
      }),
    );
  });
});
