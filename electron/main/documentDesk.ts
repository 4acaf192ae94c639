/** Which window shows which document: opens, reuses, refuses, brings back after a crash. One window a file. */
import type { OpenedDocument, OpenOutcome } from '../../shared/ipc/studio/documentSchemas';
import type { Json } from '../../shared/messages/define';
import { diskFiles } from '../files/fileSystem';
import { FileProblem } from '../files/fileProblem';
import { nameOf, openDesignFile, trueFile, type DesignFile } from '../services/documents/designFile';
import { orphanedJournals, writeJournal, type FoundJournal } from '../services/documents/journal';
import { failureOf } from '../services/problemFailure';
import { ServiceProblem } from '../services/serviceProblem';
import { openedDocument, shownDocument, type ShownDocument } from './shownDocument';
import type { StudioWindow } from './studioWindow';

export interface DocumentDeskOptions {
  home: string;
  openWindow: () => StudioWindow;
  /** A file was opened: it belongs into the list of recent ones. */
  onOpened: (name: string, file: string) => void;
}

export interface DocumentDesk {
  shownIn: (window: StudioWindow) => ShownDocument | null;
  /** Whether a window other than this one shows the file. */
  otherWindowOf: (file: string, window: StudioWindow | null) => StudioWindow | null;
  /** `window`: who asked, and shows it where it has nothing unsaved; null: somebody outside, a new window is made. */
  openFile: (window: StudioWindow | null, file: string) => OpenOutcome;
  openCopy: (window: StudioWindow, design: Json, origin: OpenedDocument['origin']) => OpenOutcome;
  /** Opens a window for every journal that a crash left behind; answers with what could not be read, as sentences. */
  recover: () => { windows: number; problems: string[] };
  /** All windows with what they show. */
  all: () => [StudioWindow, ShownDocument][];
  /** The window is gone. */
  forget: (window: StudioWindow) => void;
}

export function createDocumentDesk({ home, openWindow, onOpened }: DocumentDeskOptions): DocumentDesk {
  const shown = new Map<StudioWindow, ShownDocument>();

  function otherWindowOf(file: string, asking: StudioWindow | null): StudioWindow | null {
    const found = [...shown].find(([window, document]) => window !== asking && document.file === file);
    return found?.[0] ?? null;
  }

  /** A window whose drawing is as it is in its file, or that has none, loses nothing. */
  function show(asking: StudioWindow | null, document: ShownDocument): OpenOutcome {
    const reusable = asking !== null && !shown.get(asking)?.unsaved;
    const window = reusable ? asking : openWindow();
    shown.set(window, document);
    if (window === asking) return { outcome: 'opened', document: openedDocument(document) };
    return { outcome: 'elsewhere', file: document.file };
  }

  function openFile(asking: StudioWindow | null, named: string): OpenOutcome {
    const found = otherWindowOf(trueFile(named), asking);
    if (found) {
      found.focus();
      return { outcome: 'elsewhere', file: trueFile(named) };
    }
    const read = readOrProblems(named);
    if ('problems' in read) return { outcome: 'refused', file: named, problems: read.problems };
    const { file, design, fingerprint } = read;
    const known = { design: plain(design), file, fingerprint, origin: 'file' as const };
    const outcome = show(asking, shownDocument(known));
    onOpened(nameOf(design, file), file);
    return outcome;
  }

  function bringBack(entry: FoundJournal): void {
    const { key, design, file, fingerprint, written: recovered } = entry;
    // From now on it is this process's: another start must not bring it back a second time.
    writeJournal(diskFiles, home, { key, design, file, fingerprint });
    show(null, shownDocument({ key, design, file, fingerprint, recovered, origin: 'recovered', unsaved: true }));
  }

  return {
    shownIn: (window) => shown.get(window) ?? null,
    otherWindowOf,
    openFile,
    openCopy: (asking, design, origin) => show(asking, shownDocument({ design, origin })),
    recover() {
      const problems: string[] = [];
      let windows = 0;
      const journals = attempt(() => orphanedJournals(diskFiles, home), { found: [], problems: [] }, problems);
      for (const entry of journals.found) {
        attempt(() => bringBack(entry), undefined, problems);
        windows += 1;
      }
      return { windows, problems: [...journals.problems, ...problems] };
    },
    all: () => [...shown],
    forget: (window) => void shown.delete(window),
  };
}

/** A file that is no design is told problem by problem, whatever else it is. */
function readOrProblems(named: string): DesignFile | { problems: string[] } {
  try {
    return openDesignFile(named);
  } catch (error) {
    const diagnostics = error instanceof ServiceProblem ? error.diagnostics : [];
    if (diagnostics.length > 0) return { problems: diagnostics.map(({ message }) => message) };
    return { problems: [failureOf(error).message] };
  }
}

function attempt<Value>(work: () => Value, otherwise: Value, problems: string[]): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    problems.push(error.message);
    return otherwise;
  }
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
