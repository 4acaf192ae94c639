/** Where a Python may be, in the order in which they are asked. */
import { isAbsolute, join, resolve, sep } from 'node:path';

export interface Candidate {
  source: 'NETLOOM_PYTHON' | 'VIRTUAL_ENV' | 'CONDA_PREFIX' | 'PATH';
  command: string;
  words: readonly string[];
  /** How it is called in a sentence. */
  name: string;
}

/** The one that the user names stands alone: it is right or it is the error. */
export function namedPython(environment: NodeJS.ProcessEnv): Candidate | null {
  const named = environment.NETLOOM_PYTHON;
  if (!named) return null;
  const isPath = isAbsolute(named) || named.includes(sep) || named.includes('/');
  return { source: 'NETLOOM_PYTHON', command: isPath ? resolve(named) : named, words: [], name: named };
}

export function pythonCandidates(environment: NodeJS.ProcessEnv, platform: string): Candidate[] {
  const windows = platform === 'win32';
  const inVenv = windows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const inConda = windows ? ['python.exe'] : ['bin', 'python'];
  const active = [
    { source: 'VIRTUAL_ENV', folder: environment.VIRTUAL_ENV, inside: inVenv },
    { source: 'CONDA_PREFIX', folder: environment.CONDA_PREFIX, inside: inConda },
  ] as const;
  return [
    ...active.flatMap(({ source, folder, inside }) => {
      if (!folder) return [];
      const command = join(folder, ...inside);
      return [{ source, command, words: [], name: command }];
    }),
    ...onPath(windows ? ['py -3', 'python'] : ['python3']),
  ];
}

/** What an environment can be made with where the newest Python is too new for its packages. */
export function versionedPythons(minors: readonly number[], platform: string): Candidate[] {
  return onPath(minors.map((minor) => (platform === 'win32' ? `py -3.${minor}` : `python3.${minor}`)));
}

function onPath(names: readonly string[]): Candidate[] {
  return names.map((name) => {
    const [command = name, ...words] = name.split(' ');
    return { source: 'PATH', command, words, name };
  });
}
