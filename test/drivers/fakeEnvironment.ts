/** An environment as an installation leaves it, without the minute that one takes: its notes, and a Python that answers. */
import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import {
  environmentFolder,
  environmentPython,
  environments,
  requirementsStamp,
  type EnvironmentName,
} from '../../electron/services/python/environments';
import { writeStamp } from '../../electron/services/python/environmentState';
import { fakePython } from './fakePython';

/** `list`: of another version of Netloom unless it is that of this one. */
export function fakeEnvironment(home: string, name: EnvironmentName, list = requirementsStamp(name, process)): string {
  const folder = environmentFolder(home, name);
  mkdirSync(folder, { recursive: true });
  const wanted = environments[name].requirements(process).map((requirement) => requirement.split('=='));
  const installed = Object.fromEntries(wanted.map(([distribution = '', version = '']) => [distribution, version]));
  fakePython(dirname(environmentPython(folder, process)), { installed }, 'python');
  writeStamp(folder, { list, python: '3.11.7', installed, bytes: 1e9, seconds: 60, made: '2026-01-01' });
  return folder;
}
