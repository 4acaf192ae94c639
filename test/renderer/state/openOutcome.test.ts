/** Opening: what is shown, what is said, and that nothing is lost when it cannot be shown. */
import { describe, expect, it } from 'vitest';
import { applyOpenOutcome, openBy } from '../../../renderer/state/openOutcome';
import { emptyDesign } from '../../../shared/design/schema';
import { answered, fakeStudio, openedDocument } from '../fakeStudio';

const notices = (studio: ReturnType<typeof fakeStudio>['studio']): string[] =>
  studio.view.getState().notices.map(({ text }) => text);

describe('a design that is opened', () => {
  it('is shown, with nothing selected and no old complaint', () => {
    const { studio } = fakeStudio();
    studio.view.getState().select(['x']);
    studio.files.getState().refuse('/bad.netloom', ['broken']);
    studio.view.getState().notify({ kind: 'warning', text: 'about another file', ofDocument: true });
    applyOpenOutcome(studio, { outcome: 'opened', document: openedDocument(emptyDesign('spiral')) });
    expect(studio.document.getState()).toMatchObject({ key: 'k', file: '/home/a.netloom', past: [] });
    expect(studio.document.getState().design.name).toBe('spiral');
    expect(studio.view.getState().selection.size).toBe(0);
    expect(studio.files.getState().refusals).toEqual([]);
    expect(studio.view.getState().notices).toEqual([]);
  });

  it('but is none leaves what was open, and says what is wrong', () => {
    const { studio } = fakeStudio();
    applyOpenOutcome(studio, { outcome: 'opened', document: openedDocument(emptyDesign('mine')) });
    const broken = openedDocument(undefined, { key: 'z', file: '/z.netloom', design: { netloom: 1, nodes: 'none' } });
    applyOpenOutcome(studio, { outcome: 'opened', document: broken });
    expect(studio.document.getState().design.name).toBe('mine');
    const [refusal] = studio.files.getState().refusals;
    expect(refusal?.file).toBe('/z.netloom');
    expect(refusal?.problems.join()).toContain('nodes');
  });
});

describe('a file that is refused', () => {
  it('is named with all its problems, until it is dismissed or something opens', () => {
    const { studio } = fakeStudio();
    const problems = ['line 3, column 5: a comma is missing', 'line 9: too deep'];
    applyOpenOutcome(studio, { outcome: 'refused', file: '/a.netloom', problems });
    applyOpenOutcome(studio, { outcome: 'refused', file: '/a.netloom', problems });
    expect(studio.files.getState().refusals).toMatchObject([{ file: '/a.netloom', problems }]);
    studio.files.getState().dismiss(studio.files.getState().refusals[0]?.id ?? 0);
    expect(studio.files.getState().refusals).toEqual([]);
  });

  it('is greyed in the list of recent ones', () => {
    const { studio } = fakeStudio();
    studio.files.setState({ recent: [{ name: 'a', file: '/a.netloom', opened: '2026-01-01T00:00:00Z' }] });
    studio.files.getState().refuse('/a.netloom', ['gone']);
    expect([...studio.files.getState().missing]).toEqual(['/a.netloom']);
  });
});

describe('asking', () => {
  it('hands over what is not journaled yet first, so that the main process knows what this window holds', async () => {
    const order: string[] = [];
    const { studio } = fakeStudio({
      journal: () => {
        order.push('journal');
        return {};
      },
      newDocument: () => {
        order.push('newDocument');
        return { outcome: 'elsewhere', file: null };
      },
    });
    applyOpenOutcome(studio, { outcome: 'opened', document: openedDocument() });
    studio.document.getState().edit('rename', { edit: 'setName', name: 'b' });
    await openBy(studio, () => studio.client.request('newDocument', {}));
    expect(order).toEqual(['journal', 'newDocument']);
    expect(notices(studio)).toEqual(['Opened in another window, because this one has unsaved changes.']);
  });

  it('in vain is said', async () => {
    const { studio } = fakeStudio({
      open: () => {
        throw new Error('The list of recent files has no such file.');
      },
    });
    await openBy(studio, () => studio.client.request('open', { recent: '/x' }));
    expect(notices(studio)).toEqual(['The list of recent files has no such file.']);
  });
});

describe('what a crash left', () => {
  it('comes back unsaved, and can be given up for what is in the file', async () => {
    const file = openedDocument(emptyDesign('in the file'), { key: 'fresh' });
    const { studio, asked } = fakeStudio({ open: () => ({ outcome: 'opened', document: file }) });
    const found = { origin: 'recovered', unsaved: true, recovered: '2026-11-21T10:00:00Z' } as const;
    applyOpenOutcome(studio, { outcome: 'opened', document: openedDocument(emptyDesign('drawn'), found) });
    const [notice] = studio.view.getState().notices;
    expect(notice).toMatchObject({ kind: 'recovered' });
    expect(notice?.text).toContain('“drawn”');
    notice?.actions?.[1]?.run();
    await answered();
    expect(asked('journal')).toEqual([{ key: 'k', design: null }]);
    expect(asked('open')).toEqual([{ recent: '/home/a.netloom' }]);
    expect(studio.document.getState().design.name).toBe('in the file');
  });

  it('without a file leads back to the welcome screen when it is given up', async () => {
    const { studio } = fakeStudio();
    const found = { origin: 'recovered', unsaved: true, recovered: '2026-11-21T10:00:00Z', file: null } as const;
    applyOpenOutcome(studio, { outcome: 'opened', document: openedDocument(emptyDesign('drawn'), found) });
    studio.view.getState().notices[0]?.actions?.[1]?.run();
    await answered();
    expect(studio.document.getState().key).toBe(null);
  });
});
