/** Notices that runs came or went, also those that the terminal trains; many changes at once are one. */
import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { runsFolder } from '../files/home';

export interface RunsWatch {
  /** Looks again soon: somebody else is training. */
  soon: () => void;
  changed: () => void;
  close: () => void;
}

const settleMilliseconds = 250;
const againMilliseconds = 2000;

export function watchRuns(home: string, onChange: () => void): RunsWatch {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let later: NodeJS.Timeout | null = null;

  function changed(): void {
    timer ??= setTimeout(() => {
      timer = null;
      begin();
      onChange();
    }, settleMilliseconds);
  }

  /** The folder may not be there yet, or be taken away; then it is looked for when something else happens. */
  function begin(): void {
    if (watcher) return;
    try {
      mkdirSync(runsFolder(home), { recursive: true });
      const begun = watch(runsFolder(home), { persistent: false }, () => changed());
      watcher = begun;
      begun.on('error', () => {
        begun.close();
        watcher = null;
        changed();
      });
    } catch {
      watcher = null;
    }
  }

  begin();
  return {
    changed,
    soon() {
      later ??= setTimeout(() => {
        later = null;
        changed();
      }, againMilliseconds);
    },
    close() {
      watcher?.close();
      for (const one of [timer, later]) if (one) clearTimeout(one);
    },
  };
}
