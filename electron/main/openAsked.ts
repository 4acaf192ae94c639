/** Opens what the user named outside of a window: on a command line, by a drop, by a double click in a folder. */
import type { DocumentDesk } from './documentDesk';
import type { StartArguments } from './startArguments';
import type { StudioContext } from './studioContext';
import type { StudioWindow } from './studioWindow';

export interface Asks {
  /** The first windows: what a crash left, what was asked for, else an empty one. Answers with sentences to say. */
  begin: (asked: StartArguments) => string[];
  /** Another start of the program, or the system, wants these opened; nothing: a window to the front. */
  open: (asked: StartArguments) => void;
  dropped: (window: StudioWindow, paths: readonly string[]) => void;
}

export interface AsksOptions {
  documents: DocumentDesk;
  watch: Pick<StudioContext['watch'], 'refresh'>;
  samples: StudioContext['samples'];
  openWindow: () => StudioWindow;
  /** The window used last, to the front; null where there is none. */
  focusAny: () => StudioWindow | null;
  answers: (window: StudioWindow) => boolean;
}

export function createAsks({ documents, watch, samples, openWindow, focusAny, answers }: AsksOptions): Asks {
  /** Sentences about files that could not be opened. */
  function openFiles(window: StudioWindow | null, files: readonly string[]): string[] {
    const problems = files.flatMap((file) => {
      const outcome = documents.openFile(window, file);
      if (window && outcome.outcome !== 'elsewhere') window.emit('opened', outcome);
      return !window && outcome.outcome === 'refused' ? outcome.problems : [];
    });
    watch.refresh();
    return problems;
  }

  function openSample(id: string | null, window: StudioWindow): void {
    const sample = samples.find((one) => one.id === id);
    if (sample) documents.openCopy(window, sample.design, 'sample');
  }

  return {
    begin({ files, sample }) {
      const recovered = documents.recover();
      const problems = [...recovered.problems, ...openFiles(null, files)];
      if (focusAny() === null || sample !== null) openSample(sample, openWindow());
      return problems;
    },
    open({ files, sample }) {
      const window = focusAny() ?? openWindow();
      if (sample !== null) openSample(sample, openWindow());
      // A window whose page has not started yet is not told: it shows what it has when it asks.
      if (files.length > 0) openFiles(answers(window) ? window : null, files);
    },
    dropped: (window, paths) => void openFiles(window, paths),
  };
}
