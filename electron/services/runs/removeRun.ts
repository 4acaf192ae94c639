/** `runs rm`: moves a run aside instead of deleting it, so that nothing has to be asked. */
import { join } from 'node:path';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { ServiceProblem } from '../serviceProblem';
import { findRun } from './findRun';
import { runFolder, trashFolder } from './runFolder';
import { lockOwner } from './runLock';

/** `trash` is the folder it is in now; moving it back to `folder` undoes the removal, as `restoreRun` does. */
export interface Removed {
  id: string;
  folder: string;
  trash: string;
}

/** Throws `ServiceProblem` run-unknown, or run-busy while it is being trained. */
export function removeRun(home: string, run: string): Removed {
  const { id, folder } = findRun(home, run);
  if (lockOwner(diskFiles, folder) !== null) {
    throw new ServiceProblem('run-busy', `The run ${id} is being trained right now. Stop it before you remove it.`);
  }
  const trash = join(trashFolder(home), id);
  withFileProblems(folder, 'remove', () => {
    diskFiles.makeFolder(trashFolder(home));
    diskFiles.rename(folder, trash);
  });
  return { id, folder, trash };
}

/** Undoes `removeRun`; throws run-unknown where the trash has no such run. */
export function restoreRun(home: string, run: string): { id: string; folder: string } {
  const parent = trashFolder(home);
  const ids = diskFiles.facts(parent)?.isFolder ? diskFiles.listFolder(parent) : [];
  const found = ids.includes(run) ? [run] : ids.filter((id) => id.startsWith(run));
  const [id] = found;
  if (id === undefined || found.length > 1) {
    throw new ServiceProblem(
      'run-unknown',
      `There is no removed run "${run}" in ${parent}. It holds ${ids.length} runs.`,
    );
  }
  const folder = runFolder(home, id);
  withFileProblems(folder, 'write', () => diskFiles.rename(join(parent, id), folder));
  return { id, folder };
}
