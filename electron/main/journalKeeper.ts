/** Keeps the journals of what is drawn and not saved; a disk that does not take them is said once, until it does again. */
import type { Json } from '../../shared/messages/define';
import { diskFiles, type FileSystem } from '../files/fileSystem';
import { removeJournal, writeJournal } from '../services/documents/journal';
import { failureOf } from '../services/problemFailure';
import type { ShownDocument } from './shownDocument';

export interface JournalKeeper {
  /** Null: nothing is unsaved any more. */
  keep: (shown: ShownDocument, design: Json | null) => void;
}

export function createJournalKeeper(
  home: string,
  onProblem: (sentence: string) => void,
  files: FileSystem = diskFiles,
): JournalKeeper {
  let failing = false;
  return {
    keep(shown, design) {
      shown.unsaved = design !== null;
      if (design !== null) shown.design = design;
      const { key, file, fingerprint } = shown;
      try {
        if (design === null) removeJournal(files, home, key);
        else writeJournal(files, home, { key, file, fingerprint, design });
        failing = false;
      } catch (error) {
        if (!failing) {
          onProblem(
            `The drawing is not being kept for the case of a crash: ${failureOf(error).message} Save it yourself.`,
          );
        }
        failing = true;
      }
    },
  };
}
