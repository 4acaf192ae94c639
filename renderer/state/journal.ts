/** Hands the drawing to the main process soon after every edit, so that a crash costs a quarter of a second of work. */
import type { Json } from '../../shared/messages/define';
import { isUnsaved, type DocumentStore } from './documentStore';
import type { StudioClient } from './studioClient';

export interface Journal {
  /** Sends what waits, at once. */
  flush: () => void;
}

/** After the first edit that was not sent; while edits go on, that often. */
const waitMilliseconds = 200;

export function keepJournal(client: StudioClient, document: DocumentStore): Journal {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the main process knows: the key, and the revision or that nothing is unsaved. */
  let sent = '';
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const state = document.getState();
    const { key, revision, design } = state;
    const unsaved = isUnsaved(state);
    const now = `${key}/${unsaved ? revision : 'saved'}`;
    if (key === null || now === sent) return;
    sent = now;
    const written = unsaved ? (JSON.parse(JSON.stringify(design)) as Json) : null;
    // What the disk refuses is told by the main process, as a `problem`.
    void client.request('journal', { key, design: written }).catch(() => (sent = ''));
  };
  document.subscribe((state, before) => {
    if (state.key !== before.key) {
      clearTimeout(timer);
      timer = undefined;
      // As it was opened it is known there already.
      sent = `${state.key}/${isUnsaved(state) ? state.revision : 'saved'}`;
    } else if (state.revision !== before.revision || state.savedRevision !== before.savedRevision) {
      timer ??= setTimeout(send, waitMilliseconds);
    }
  });
  return { flush: () => timer !== undefined && send() };
}
