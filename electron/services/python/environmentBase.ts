/** Finds what an environment can be made with: a Python that can make environments, or uv. */
import { readFileSync } from 'node:fs';
import { ServiceProblem } from '../serviceProblem';
import { askPython, lastLine, type PythonFacts } from './askPython';
import { namedPython, pythonCandidates, versionedPythons, type Candidate } from './candidates';
import { runProgram } from './childProgram';
import { isEnough, listed } from './pythonPackages';

export type EnvironmentBase =
  | { kind: 'venv'; python: string; version: string }
  /** `python`: a program, or the version that uv is to find or fetch. */
  | { kind: 'uv'; uv: string; python: string; version: string };

export interface BaseWish {
  minors: readonly number[];
  environment: NodeJS.ProcessEnv;
  platform: string;
  signal?: AbortSignal;
  timeLimit?: number;
  /** Whether this is a Debian or one made from it; found in the system's own file unless told. */
  debian?: boolean;
}

/** Throws `ServiceProblem` python-unavailable with what was looked at and what would help. */
export async function findBase(wish: BaseWish): Promise<EnvironmentBase> {
  const { environment, platform, minors } = wish;
  const named = namedPython(environment);
  const passedOver: string[] = [];
  let withoutVenv: PythonFacts | null = null;
  const candidates = named
    ? [named]
    : [...pythonCandidates(environment, platform), ...versionedPythons(minors, platform)];
  for (const candidate of candidates) {
    const found = await tryBase(candidate, wish);
    if (typeof found === 'string') {
      passedOver.push(`${candidate.name} ${found}`);
      if (named) throw new ServiceProblem('python-unavailable', namedSentence(named.name, found, minors));
    } else if (found.makesEnvironments) {
      return { kind: 'venv', python: found.executable, version: found.version };
    } else {
      withoutVenv ??= found;
      passedOver.push(`${candidate.name} (Python ${found.version}) lacks the module venv or ensurepip`);
    }
  }
  const uv = await findUv(wish);
  const [newest = 13, second = newest] = minors;
  if (uv && withoutVenv) return { kind: 'uv', uv, python: withoutVenv.executable, version: withoutVenv.version };
  if (uv) return { kind: 'uv', uv, python: `3.${second}`, version: `3.${second}` };
  throw new ServiceProblem('python-unavailable', sentenceOf(passedOver, withoutVenv, wish));
}

async function tryBase(
  { command, words }: Candidate,
  { minors, environment, signal, timeLimit }: BaseWish,
): Promise<PythonFacts | string> {
  const answer = await askPython(command, words, { environment, signal, timeLimit });
  if ('reason' in answer) return answer.reason;
  const { facts } = answer;
  const minor = Number(facts.version.split('.')[1]);
  if (!isEnough(facts.version, '3') || !minors.includes(minor)) {
    return `is Python ${facts.version}; ${versionsOf(minors)} is needed`;
  }
  return facts.bits === 64 ? facts : `(Python ${facts.version}) is of 32 bits; 64 are needed`;
}

async function findUv({ environment, signal, timeLimit = 15_000 }: BaseWish): Promise<string | null> {
  const ended = await runProgram('uv', ['--version'], { environment, signal, timeLimit });
  return ended.how === 'ended' && ended.code === 0 && /^uv \d/.test(lastLine(ended.output)) ? 'uv' : null;
}

function versionsOf(minors: readonly number[]): string {
  return listed(
    [...minors].reverse().map((minor) => `3.${minor}`),
    'or',
  );
}

function namedSentence(name: string, found: string, minors: readonly number[]): string {
  return `NETLOOM_PYTHON names ${name}, which ${found}. Name a Python ${versionsOf(minors)}, or unset NETLOOM_PYTHON.`;
}

function sentenceOf(passedOver: readonly string[], withoutVenv: PythonFacts | null, wish: BaseWish): string {
  const looked = `Looked at: ${[...passedOver, 'uv is not on the PATH'].join('; ')}.`;
  const again = 'then run the same command again.';
  if (withoutVenv && (wish.debian ?? isDebian())) {
    return `Python is there, but cannot make environments. Run once: sudo apt install python3-venv, ${again} ${looked}`;
  }
  const what = withoutVenv ? 'cannot make environments: its modules venv and ensurepip are missing' : 'was not found';
  const way = `Install Python ${versionsOf(wish.minors)} from python.org or your system, or uv (docs.astral.sh/uv),`;
  return `A Python to make an environment with ${what}. ${way} ${again} ${looked}`;
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
