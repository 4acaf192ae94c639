/** Notices when somebody else writes a file that a window shows; a file replaced as a whole is noticed too. */
import { unwatchFile, watchFile } from 'node:fs';
import { fingerprintOf } from '../services/documents/designFile';
import type { DocumentDesk } from './documentDesk';

export interface FileWatch {
  /** After documents were opened, saved or closed. */
  refresh: () => void;
  close: () => void;
}

const everyMilliseconds = 1000;

export function watchFiles(documents: Pick<DocumentDesk, 'all'>, interval = everyMilliseconds): FileWatch {
  const watched = new Set<string>();

  function look(file: string): void {
    for (const [window, shown] of documents.all().filter(([, document]) => document.file === file)) {
      const found = fingerprintOf(file);
      // A file that is gone is no version to choose: saving writes it again.
      if (found === null || found === shown.fingerprint || found === shown.toldOf) continue;
      shown.toldOf = found;
      window.emit('fileChanged', { key: shown.key, file });
    }
  }

  function refresh(): void {
    const wanted = new Set(documents.all().flatMap(([, { file }]) => file ?? []));
    for (const file of [...watched].filter((one) => !wanted.has(one))) {
      unwatchFile(file);
      watched.delete(file);
    }
    for (const file of [...wanted].filter((one) => !watched.has(one))) {
      watchFile(file, { interval, persistent: false }, () => look(file));
      watched.add(file);
    }
  }

  return {
    refresh,
    close() {
      for (const file of watched) unwatchFile(file);
      watched.clear();
    },
  };
}
