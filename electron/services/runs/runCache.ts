/** Runs as they were last read: an unchanged one costs a look at its files, a growing log is read on from where it ended. */
import { join } from 'node:path';
import { runsFolder } from '../../files/home';
import { diskFiles } from '../../files/fileSystem';
import { logFile, recordFile } from './runFolder';
import { runIds, findRun } from './findRun';
import { listingOf, newestFirst, type RunListing } from './listRuns';
import { lockOwner } from './runLock';
import { openRun, type FoundRun, type OpenedRun } from './readRun';

export interface RunCache {
  /** Every run, newest first; a damaged one is listed with its problem. */
  list: (home: string) => RunListing[];
  /** One with its layers. Throws `ServiceProblem` run-unknown. */
  read: (home: string, id: string) => FoundRun;
}

/** Whole histories kept in memory; they can be gigabytes. */
const mostHistories = 4;

interface Listed {
  stamp: string;
  listing: RunListing;
  /** Kept while somebody trains it, so that its log is not read from the beginning again. */
  growing: OpenedRun | null;
}

export function createRunCache(): RunCache {
  const listed = new Map<string, Listed>();
  const histories = new Map<string, OpenedRun>();

  function listOne(id: string, folder: string): RunListing {
    const known = listed.get(folder);
    const stamp = stampOf(folder);
    if (known?.stamp === stamp) return known.listing;
    const opened = known?.growing ?? openRun(id, folder, { layers: false });
    const listing = listingOf(opened.read());
    const living = ['preparing', 'running', 'paused'].includes(listing.state);
    listed.set(folder, { stamp, listing, growing: living ? opened : null });
    return listing;
  }

  return {
    list(home) {
      const folders = new Map(runIds(home).map((id) => [join(runsFolder(home), id), id]));
      for (const folder of [...listed.keys()].filter((one) => !folders.has(one))) listed.delete(folder);
      return newestFirst([...folders].map(([folder, id]) => listOne(id, folder)));
    },
    read(home, run) {
      const { id, folder } = findRun(home, run);
      const opened = histories.get(folder) ?? openRun(id, folder, { layers: true });
      histories.delete(folder);
      histories.set(folder, opened);
      for (const oldest of [...histories.keys()].slice(0, -mostHistories)) histories.delete(oldest);
      return opened.read();
    },
  };
}

/** Whatever a listing follows from; a lock whose owner died counts as another state. */
function stampOf(folder: string): string {
  const facts = [logFile(folder), recordFile(folder)].map((file) => diskFiles.facts(file));
  const owner = lockOwner(diskFiles, folder);
  return [...facts.map((one) => (one ? `${one.size} ${one.modifiedMs}` : '-')), owner === null ? 'free' : 'held'].join(
    '|',
  );
}
