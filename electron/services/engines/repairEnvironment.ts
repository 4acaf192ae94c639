/** One command for an environment that does not work: it is removed and made anew. Nothing is removed under a run. */
import { join } from 'node:path';
import { fill } from '../../../shared/messages/fill';
import { installFailures } from '../../../shared/messages/installSentences';
import { diskFiles } from '../../files/fileSystem';
import { runsFolder } from '../../files/home';
import { environmentNames, type EnvironmentName } from '../python/environments';
import { installEnvironment, type Installation, type Installed } from '../python/installEnvironment';
import { runIds } from '../runs/findRun';
import { lockOwner } from '../runs/runLock';
import { readRunRecord } from '../runs/runRecord';
import { ServiceProblem } from '../serviceProblem';

export function isEnvironment(name: string): name is EnvironmentName {
  return (environmentNames as readonly string[]).includes(name);
}

/** Throws what `installEnvironment` throws, and `ServiceProblem` run-busy while a run is trained with it. */
export function repairEnvironment(name: EnvironmentName, installation: Installation): Promise<Installed> {
  refuseUnderRun(name, installation.home);
  return installEnvironment(name, { ...installation, anew: true });
}

function refuseUnderRun(name: EnvironmentName, home: string): void {
  const run = runIds(home).find((id) => isTrainedOn(name, join(runsFolder(home), id)));
  if (run === undefined) return;
  throw new ServiceProblem('run-busy', fill(installFailures.underRun, { run }));
}

function isTrainedOn(name: EnvironmentName, folder: string): boolean {
  if (lockOwner(diskFiles, folder) === null) return false;
  try {
    return readRunRecord(diskFiles, folder).engine.id === name;
  } catch {
    // A run that has no record yet has not opened an engine for long; a damaged one is not trained.
    return false;
  }
}
