/** Saving, and what has to be asked before a window closes. */
import type { Json } from '../../shared/messages/define';
import type { Studio } from '../state/studio';
import { sentenceOf } from '../state/sentenceOf';

const saving = new WeakSet<Studio>();

/** True where the drawing is in its file afterwards. One save at a time: a second one while the first asks does nothing. */
export async function save(studio: Studio, { as = false, overwrite = false } = {}): Promise<boolean> {
  const { client, document, files, view } = studio;
  if (saving.has(studio)) return false;
  document.getState().commit();
  const { key, design, revision } = document.getState();
  if (key === null) return false;
  saving.add(studio);
  try {
    const written = JSON.parse(JSON.stringify(design)) as Json;
    const outcome = await client.request('save', { key, design: written, as, overwrite });
    files.getState().contest(outcome.outcome === 'changedOnDisk' ? outcome.file : null);
    if (outcome.outcome !== 'saved' || document.getState().key !== key) return false;
    document.getState().markSaved(outcome.file, revision);
    view.getState().settle();
    return true;
  } catch (error) {
    const text = sentenceOf(error);
    view.getState().notify({ kind: 'error', text });
    return false;
  } finally {
    saving.delete(studio);
  }
}

/** The answer to whether the window may close. */
export async function decideClosing(
  { client, view }: Studio,
  decision: 'cancel' | 'close' | 'stopTraining' | 'keepTraining',
): Promise<void> {
  view.getState().set({ closing: null });
  await client.request('close', { decision }).catch(() => undefined);
}
