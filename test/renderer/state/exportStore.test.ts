/** The code panel's memory: what was written where, what stood in the way, whether it was proved. */
import { describe, expect, it } from 'vitest';
import { createDocumentStore } from '../../../renderer/state/documentStore';
import { createExportStore, type ExportStore } from '../../../renderer/state/exportStore';
import { createSettingsStore } from '../../../renderer/state/settingsStore';
import type { StudioClient } from '../../../renderer/state/studioClient';
import { emptyDesign } from '../../../shared/design/schema';
import { settingsSchema } from '../../../shared/ipc/studio/settingsSchema';
import { openedDocument } from '../fakeStudio';

type Answer = object | Error;

/** A main process that answers what the story says, and what it was asked. */
function studioThat(answers: Record<string, Answer>): {
  store: ExportStore;
  asked: [string, object][];
  open: (key: string) => void;
} {
  const asked: [string, object][] = [];
  const client = {
    onEvent: () => () => undefined,
    request: (name: string, request: object) => {
      asked.push([name, request]);
      const answer = answers[name] ?? {};
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  } as unknown as StudioClient;
  const document = createDocumentStore();
  const settings = createSettingsStore(client, settingsSchema.parse({ opset: 20 }));
  const open = (key: string): void => document.getState().load(openedDocument(emptyDesign(), { key }), emptyDesign());
  open('first');
  return { store: createExportStore(client, document, settings), asked, open };
}

const texts = new Map([['model.py', 'import torch\n']]);
const exported = { outcome: 'exported', folder: '/code/net', files: ['model.py'], bytes: 13, leftOut: null };

describe('saving code', () => {
  it('asks for the chosen target and run, and remembers the folder with what was shown', async () => {
    const { store, asked } = studioThat({ exportCode: exported });
    store.getState().set({ target: 'keras', run: 'run-1' });
    await store.getState().save('ask', texts);
    expect(asked[0]).toMatchObject([
      'exportCode',
      { key: 'first', target: 'keras', opset: 20, run: 'run-1', where: 'ask' },
    ]);
    expect(store.getState()).toMatchObject({
      busy: null,
      saved: { target: 'keras', folder: '/code/net', files: 1, texts },
    });
  });

  it('keeps what was saved before when the user cancels', async () => {
    const answers: Record<string, Answer> = { exportCode: exported };
    const { store } = studioThat(answers);
    await store.getState().save('ask', texts);
    answers['exportCode'] = { outcome: 'cancelled' };
    await store.getState().save('ask', texts);
    expect(store.getState().saved?.folder).toBe('/code/net');
  });

  it('tells of a folder that holds something else, and of nothing once it is replaced', async () => {
    const answers: Record<string, Answer> = {
      exportCode: { outcome: 'taken', folder: '/mine', message: 'model.py is not ours.' },
    };
    const { store, asked } = studioThat(answers);
    await store.getState().save('ask', texts);
    expect(store.getState()).toMatchObject({
      saved: null,
      taken: { folder: '/mine', message: 'model.py is not ours.' },
    });
    answers['exportCode'] = exported;
    await store.getState().save('replace', texts);
    expect(asked[1]?.[1]).toMatchObject({ where: 'replace' });
    expect(store.getState()).toMatchObject({ taken: null, saved: { folder: '/code/net' } });
  });

  it('says why it failed, and can be tried again', async () => {
    const answers: Record<string, Answer> = { exportCode: new Error('The disk is full.') };
    const { store } = studioThat(answers);
    await store.getState().save('ask', texts);
    expect(store.getState()).toMatchObject({ busy: null, saved: null, problem: 'The disk is full.' });
    answers['exportCode'] = exported;
    await store.getState().save('ask', texts);
    expect(store.getState().problem).toBeNull();
  });
});

describe('verifying code', () => {
  it('is forgotten with the next saving, for it was of other code', async () => {
    const { store } = studioThat({
      exportCode: exported,
      verifyExport: { folder: '/code/net', ok: true, error: null, versions: {}, checks: [] },
    });
    await store.getState().save('ask', texts);
    await store.getState().verify();
    expect(store.getState().verified?.ok).toBe(true);
    await store.getState().save('again', texts);
    expect(store.getState().verified).toBeNull();
  });

  it('is not begun twice at once', async () => {
    const { store, asked } = studioThat({ exportCode: exported, verifyExport: { ok: true } });
    await Promise.all([store.getState().verify(), store.getState().verify()]);
    expect(asked.filter(([name]) => name === 'verifyExport')).toHaveLength(1);
  });
});

it('another drawing knows nothing of the folder of the one before', async () => {
  const { store, open } = studioThat({ exportCode: exported });
  await store.getState().save('ask', texts);
  open('second');
  expect(store.getState()).toMatchObject({ saved: null, verified: null, run: null });
});
