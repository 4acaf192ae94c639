/** What an installation would do, for people to decide: where, with what, how large. Changes nothing. */
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { fill } from '../../../shared/messages/fill';
import { pythonSentences } from '../../../shared/messages/pythonSentences';
import { freeBytes } from './diskSpace';
import { findBase, type EnvironmentBase } from './environmentBase';
import { environmentFolder, environments } from './environments';
import type { EnvironmentDefinition, EnvironmentName, EnvironmentSize } from './environments';
import type { Machine } from './machine';
import { listed } from './pythonPackages';
import { ServiceProblem } from '../serviceProblem';

export interface InstallWish {
  home: string;
  environment?: NodeJS.ProcessEnv;
  machine?: Machine;
  signal?: AbortSignal;
}

export interface EnvironmentPlan {
  folder: string;
  base: EnvironmentBase;
  requirements: readonly string[];
  sizes: { usual: EnvironmentSize; lean: EnvironmentSize | null };
  /** Null where it could not be found out. */
  free: number | null;
}

/** Throws `ServiceProblem` python-unavailable where nothing can make an environment, or it cannot be had for this machine. */
export async function planEnvironment(name: EnvironmentName, wish: InstallWish): Promise<EnvironmentPlan> {
  const { environment = process.env, machine = process, signal } = wish;
  const definition = environments[name];
  refuseOther(machine, definition);
  const folder = environmentFolder(wish.home, name);
  const base = await findBase({ minors: definition.minors, environment, platform: machine.platform, signal });
  return {
    folder,
    base,
    requirements: definition.requirements(machine),
    sizes: definition.size(machine),
    free: await freeBytes(base, nearest(folder), environment),
  };
}

function refuseOther({ platform, arch }: Machine, { machines, holds }: EnvironmentDefinition): void {
  if (machines.includes(`${platform}-${arch}`)) return;
  throw new ServiceProblem(
    'python-unavailable',
    fill(pythonSentences.otherMachine, { holds, machine: `${platform}-${arch}`, machines: listed(machines) }),
  );
}

/** The folder itself may not be there yet. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
