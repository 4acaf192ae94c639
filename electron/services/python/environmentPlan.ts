/** What an installation would do, for people to decide: where, with what, how large. Changes nothing. */
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { freeBytes } from './diskSpace';
import { findBase, type EnvironmentBase } from './environmentBase';
import { environmentFolder, environments, type EnvironmentName, type EnvironmentSize } from './environments';

export interface InstallWish {
  home: string;
  environment?: NodeJS.ProcessEnv;
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

/** Throws `ServiceProblem` python-unavailable where nothing can make an environment. */
export async function planEnvironment(name: EnvironmentName, wish: InstallWish): Promise<EnvironmentPlan> {
  const { environment = process.env, signal } = wish;
  const { platform, arch } = process;
  const definition = environments[name];
  const folder = environmentFolder(wish.home, name);
  const base = await findBase({ minors: definition.minors, environment, platform, signal });
  return {
    folder,
    base,
    requirements: definition.requirements(platform, arch),
    sizes: definition.size(platform),
    free: await freeBytes(base, nearest(folder), environment),
  };
}

/** The folder itself may not be there yet. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
