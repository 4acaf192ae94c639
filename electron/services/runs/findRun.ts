/** Finds a run by its id, or by a beginning or a part of it that no other run has. */
import { join } from 'node:path';
import { didYouMean, nearNames } from '../../../shared/messages/nearNames';
import { runsFolder } from '../../files/home';
import { diskFiles } from '../../files/fileSystem';
import { withFileProblems } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';

/** Ids of all run folders, whole or not; empty where there is no folder of runs yet. */
export function runIds(home: string): string[] {
  const folder = runsFolder(home);
  if (!diskFiles.facts(folder)?.isFolder) return [];
  const names = withFileProblems(folder, 'read', () => diskFiles.listFolder(folder));
  return names.filter((name) => !name.startsWith('.') && diskFiles.facts(join(folder, name))?.isFolder).sort();
}

/** Throws `ServiceProblem` run-unknown, naming what is near or what the beginning fits. */
export function findRun(home: string, run: string): { id: string; folder: string } {
  const ids = runIds(home);
  const found = ids.includes(run) ? [run] : matching(ids, run);
  const [id] = found;
  if (id !== undefined && found.length === 1) return { id, folder: join(runsFolder(home), id) };
  if (found.length > 1) {
    const listed = found.slice(0, 5).join(', ');
    throw new ServiceProblem('run-unknown', `"${run}" fits ${found.length} runs: ${listed}. Say more of the name.`);
  }
  const near = didYouMean(
    nearNames(
      run,
      ids.map((name) => ({ name })),
    ),
  );
  // Nobody types a whole id: whoever names one saw it in a list.
  const hint = wholeId.test(run) ? 'Its folder was moved or removed.' : '`netloom runs` lists all of them.';
  throw new ServiceProblem('run-unknown', `There is no run "${run}".${near} ${hint}`);
}

const wholeId = /^\d{4}-\d{2}-\d{2}-.*[0-9a-z]{4}$/;

/** Those that begin so, else those that end so: the last four letters tell runs apart. */
function matching(ids: readonly string[], run: string): string[] {
  if (run === '') return [];
  const beginning = ids.filter((id) => id.startsWith(run));
  return beginning.length > 0 ? beginning : ids.filter((id) => id.endsWith(run));
}
