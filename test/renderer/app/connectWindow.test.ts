/** What the window tells the system, and what it does when the system tells it something. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectWindow } from '../../../renderer/app/connectWindow';
import { decideClosing } from '../../../renderer/actions/saveCommands';
import { emptyDesign } from '../../../shared/design/schema';
import { answered, fakeStudio, openedDocument, type FakeStudio } from '../fakeStudio';

function connected(platform: 'linux' | 'darwin' = 'linux'): FakeStudio {
  const fake = fakeStudio({}, platform);
  fake.studio.document.getState().load(openedDocument(), emptyDesign('net'));
  connectWindow(fake.studio);
  return fake;
}

const rename = (fake: FakeStudio, name: string): void =>
  fake.studio.document.getState().edit('rename', { edit: 'setName', name });

describe('the title', () => {
  it('follows the name and the mark, and is told only when it changes', () => {
    const fake = connected();
    rename(fake, 'mine');
    fake.studio.settings.getState().change({ minimap: false });
    fake.studio.document.getState().undo();
    expect(fake.asked('setTitle')).toEqual([
      { title: 'net', unsaved: false },
      { title: 'mine', unsaved: true },
      { title: 'net', unsaved: false },
    ]);
  });

  it('is cut where a name is as long as a name may be', () => {
    const fake = connected();
    rename(fake, 'x'.repeat(200));
    expect(fake.asked('setTitle').slice(-1)[0]?.title).toHaveLength(100);
  });
});

describe('closing', () => {
  it('asks nothing where nothing is lost', async () => {
    const fake = connected();
    fake.emit('closing', { training: false });
    await answered();
    expect(fake.asked('close')).toEqual([{ decision: 'close' }]);
  });

  it('asks about unsaved changes, and journals them before', async () => {
    const fake = connected();
    rename(fake, 'mine');
    fake.emit('closing', { training: false });
    expect(fake.asked('journal')).toMatchObject([{ design: { name: 'mine' } }]);
    expect(fake.asked('close')).toEqual([]);
    expect(fake.studio.view.getState().closing).toEqual({ training: false });
    await decideClosing(fake.studio, 'cancel');
    expect(fake.asked('close')).toEqual([{ decision: 'cancel' }]);
    expect(fake.studio.view.getState().closing).toBe(null);
  });

  it('asks about the run that is trained', () => {
    const fake = connected();
    fake.emit('closing', { training: true });
    expect(fake.studio.view.getState().closing).toEqual({ training: true });
  });
});

describe('what the main process tells', () => {
  it('is shown: a file that was dropped, one that was changed, a problem that nobody asked about', () => {
    const fake = connected();
    fake.emit('opened', { outcome: 'opened', document: openedDocument(emptyDesign('dropped'), { key: 'd' }) });
    expect(fake.studio.document.getState().design.name).toBe('dropped');
    fake.emit('fileChanged', { key: 'k', file: '/home/a.netloom' });
    expect(fake.studio.view.getState().notices, 'of another drawing').toEqual([]);
    fake.emit('fileChanged', { key: 'd', file: '/home/a.netloom' });
    fake.emit('problem', { message: 'The journal cannot be written.' });
    expect(fake.studio.view.getState().notices.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'warning: /home/a.netloom was changed by another program.',
      'error: The journal cannot be written.',
    ]);
  });

  it('as the choice in a menu is done', () => {
    const fake = connected();
    rename(fake, 'mine');
    fake.emit('menu', { action: 'edit.undo' });
    expect(fake.studio.document.getState().design.name).toBe('net');
    fake.emit('menu', { action: 'no.such' });
  });
});

describe('menus of the system', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are told on macOS, and again when they have changed', () => {
    expect(connected('linux').asked('setMenus')).toEqual([]);
    const fake = connected('darwin');
    expect(fake.asked('setMenus')).toHaveLength(1);
    rename(fake, 'mine');
    rename(fake, 'yours');
    vi.advanceTimersByTime(200);
    const told = fake.asked('setMenus');
    expect(told).toHaveLength(2);
    const undo = told[1]?.menus.flatMap(({ items }) => items).find(({ action }) => action === 'edit.undo');
    expect(undo).toMatchObject({ title: 'Undo: rename', enabled: true });
    fake.studio.view.getState().select(['nothing that a menu shows']);
    fake.studio.view.getState().select([]);
    vi.advanceTimersByTime(200);
    expect(fake.asked('setMenus')).toHaveLength(2);
  });
});

describe('an installation', () => {
  const ended = (outcome: 'installed' | 'cancelled' | 'failed', message: string | null = null) =>
    ({ kind: 'ended', name: 'pytorch', outcome, code: message && 'disk-full', message }) as const;
  const said = (fake: FakeStudio): string[] => fake.studio.view.getState().notices.map(({ text }) => text);

  it('that ended is said with the way to its page, unless that is open, or the user gave it up', () => {
    const fake = connected();
    fake.emit('installation', ended('cancelled'));
    expect(said(fake)).toEqual([]);
    fake.emit('installation', ended('installed'));
    expect(said(fake)).toEqual(['pytorch is installed.']);
    fake.studio.view.getState().notices[0]?.action?.run();
    expect(fake.studio.view.getState().dialog).toBe('engines');
    fake.emit('installation', ended('failed', 'The disk is full.'));
    expect(said(fake)).toHaveLength(1);
    fake.studio.view.getState().openDialog(null);
    fake.emit('installation', ended('failed', 'The disk is full.'));
    expect(said(fake)[1]).toBe('pytorch could not be installed. The disk is full.');
  });
});
