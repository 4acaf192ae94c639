/** Where runs, prepared data and downloads live: one folder of the user's, moved by NETLOOM_HOME. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `NETLOOM_HOME`, else the platform's folder for application data. */
export function netloomHome(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (environment.NETLOOM_HOME) return environment.NETLOOM_HOME;
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Netloom');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Netloom');
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'netloom');
}

export function runsFolder(home: string): string {
  return join(home, 'runs');
}

export function preparedDataFolder(home: string): string {
  return join(home, 'data');
}

export function downloadsFolder(home: string): string {
  return join(home, 'downloads');
}

/** What `netloom engines install` makes: a folder for each environment. */
export function enginesFolder(home: string): string {
  return join(home, 'engines');
}

/** What costs time to find out again, and nothing else, when it is deleted. */
export function cacheFolder(home: string): string {
  return join(home, 'cache');
}
