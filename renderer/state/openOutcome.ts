/** What follows when something was to be opened: it is shown, it is elsewhere, or the user reads why not. */
import { parseDesign } from '../../shared/design/parseDesign';
import type { OpenedDocument, OpenOutcome } from '../../shared/ipc/studio/documentSchemas';
import { formatWhen } from '../i18n/numbers';
import { fileStrings } from './fileStrings';
import { documentName } from './documentName';
import type { Studio } from './studio';
import { sentenceOf } from './sentenceOf';

/** Asks for something to be opened; what is not journaled yet goes first, a failure becomes a notice. */
export async function openBy(studio: Studio, ask: () => Promise<OpenOutcome>): Promise<void> {
  studio.journal.flush();
  try {
    applyOpenOutcome(studio, await ask());
  } catch (error) {
    const text = sentenceOf(error);
    studio.view.getState().notify({ kind: 'error', text });
  }
}

export function applyOpenOutcome(studio: Studio, outcome: OpenOutcome): void {
  const { files, view, language } = studio;
  if (outcome.outcome === 'opened') showDocument(studio, outcome.document);
  if (outcome.outcome === 'refused') files.getState().refuse(outcome.file, outcome.problems);
  if (outcome.outcome === 'elsewhere') {
    const words = fileStrings[language()];
    const text = outcome.file === null ? words.elsewhere : words.fileElsewhere(outcome.file);
    view.getState().notify({ kind: 'info', text });
  }
}

/** True where it is shown now; else what was there stays, and the user reads why. */
export function showDocument(studio: Studio, opened: OpenedDocument): boolean {
  const { document, view, files, language } = studio;
  const words = fileStrings[language()];
  const parsed = parseDesign(JSON.stringify(opened.design), opened.file ?? words.theDrawing);
  if ('problems' in parsed) {
    const problems = parsed.problems.map(({ message }) => message);
    files.getState().refuse(opened.file, problems);
    return false;
  }
  view.getState().select([]);
  view.getState().settle();
  view.getState().set({ hoveredLayer: null, hoveredStep: null });
  for (const { id } of files.getState().refusals) files.getState().dismiss(id);
  document.getState().load(opened, parsed.design);
  if (opened.recovered !== null) tellRecovered(studio);
  return true;
}

/** The drawing is whole: keeping it needs no answer, and giving it up can be undone by nobody, so it is a choice. */
function tellRecovered(studio: Studio): void {
  const { document, view, language } = studio;
  const { recovered, file } = document.getState();
  const words = fileStrings[language()];
  const when = formatWhen(recovered ?? '', language());
  view.getState().notify({
    kind: 'recovered',
    ofDocument: true,
    text: words.recovered(documentName(document.getState(), words.untitled), when),
    actions: [
      { title: words.keepEditing, run: () => undefined },
      {
        title: file === null ? words.discardDrawing : words.discardChanges,
        run: () => void discardRecovered(studio),
      },
    ],
  });
}

/** Back to what is in the file; to the welcome screen where there is none. */
async function discardRecovered(studio: Studio): Promise<void> {
  const { client, document } = studio;
  const { key, file } = document.getState();
  if (key === null) return;
  try {
    // Nothing is unsaved then as far as the main process knows, so this very window takes what is opened.
    await client.request('journal', { key, design: null });
    document.getState().clear();
    if (file !== null) applyOpenOutcome(studio, await client.request('open', { recent: file }));
  } catch (error) {
    studio.view.getState().notify({ kind: 'error', text: sentenceOf(error) });
  }
}
