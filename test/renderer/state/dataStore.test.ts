/** What a window knows of its data: asked once typing pauses, never mixed up, and true after a failure. */
import { describe, expect, it } from 'vitest';
import { createDataStore } from '../../../renderer/state/dataStore';
import { createDerivedStore } from '../../../renderer/state/derivedStore';
import { createDocumentStore } from '../../../renderer/state/documentStore';
import type { StudioClient } from '../../../renderer/state/studioClient';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import type { DataDescription } from '../../../shared/ipc/studio/dataSchemas';

const description: DataDescription = {
  ...{ title: 't', summary: 's', attribution: 'a', licence: 'l', origin: 'bundled', downloadBytes: null },
  preparedBytes: 10,
  info: { fields: [{ name: 'image', shape: [2], dtype: 'float32' }], counts: { train: 3, validation: 1, test: 1 } },
  classCounts: null,
};

interface Asked {
  name: string;
  request: Record<string, unknown>;
  answer: (value: unknown) => Promise<void>;
  fail: (message: string) => Promise<void>;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function windowWith(data: Design['data']) {
  const asked: Asked[] = [];
  const waiting: { work: () => void; off: boolean }[] = [];
  const client = {
    request: (name: string, request: Record<string, unknown>) =>
      new Promise((resolve, reject) => {
        const answer = (value: unknown): Promise<void> => (resolve(value), settled());
        asked.push({ name, request, answer, fail: (text) => (reject(new Error(text)), settled()) });
      }),
    onEvent: () => () => undefined,
  } as unknown as StudioClient;
  const document = createDocumentStore();
  const derived = createDerivedStore(document, (work) => work());
  const store = createDataStore(client, document, derived, (work) => {
    const one = { work, off: false };
    waiting.push(one);
    return () => (one.off = true);
  });
  document
    .getState()
    .load(
      { key: 'k', design: {}, file: null, origin: 'new', unsaved: false, recovered: null },
      { ...emptyDesign(), data },
    );
  const pause = async (): Promise<void> => {
    waiting.splice(0).forEach(({ work, off }) => !off && work());
    await settled();
  };
  const set = (path: string, value: never): void => document.getState().edit('set', { edit: 'setData', path, value });
  return { asked, store, set, pause };
}

describe('the data of a drawing', () => {
  it('are described, and their first samples fetched', async () => {
    const { asked, store, pause } = windowWith({ source: 'digits' });
    await pause();
    expect(asked.map(({ name }) => name)).toEqual(['describeData']);
    await asked[0]?.answer(description);
    expect(asked[1]).toMatchObject({ name: 'dataSamples', request: { part: 'train', indices: [0, 1, 2] } });
    await asked[1]?.answer({ samples: [] });
    expect(store.getState()).toMatchObject({ description, samples: [], problem: null });
  });

  it('are asked for once somebody who types pauses', async () => {
    const { asked, set, pause } = windowWith({ source: 'csv', file: '' });
    await pause();
    for (const file of ['d', 'da', 'dat']) set('file', file as never);
    await pause();
    expect(asked.map(({ request }) => (request['data'] as { file: string }).file)).toEqual(['', 'dat']);
  });

  it('are not mistaken for those that were there before', async () => {
    const { asked, store, set, pause } = windowWith({ source: 'digits' });
    await pause();
    set('source', 'xor' as never);
    expect(store.getState().description).toBeNull();
    await asked[0]?.answer(description);
    expect(store.getState().description).toBeNull();
    await pause();
    await asked[1]?.answer({ ...description, title: 'xor' });
    expect(store.getState().description?.title).toBe('xor');
  });

  it('that cannot be read say why', async () => {
    const { asked, store, pause } = windowWith({ source: 'csv', file: 'gone.csv' });
    await pause();
    await asked[0]?.fail('gone.csv: there is no such file.');
    expect(store.getState()).toMatchObject({ description: null, problem: 'gone.csv: there is no such file.' });
  });

  it('stay described when preparing them fails, and download nothing unasked', async () => {
    const { asked, store, pause } = windowWith({ source: 'mnist' });
    await pause();
    const found = { ...description, origin: 'download' as const, preparedBytes: null };
    await asked[0]?.answer(found);
    expect(asked).toHaveLength(1);
    const prepared = store.getState().prepare();
    expect(store.getState().preparing).toBe(true);
    await asked[1]?.fail('No connection.');
    await prepared;
    expect(store.getState()).toMatchObject({ preparing: false, description: found, problem: 'No connection.' });
  });
});
