/** Finds what an environment can be made with: a Python that can make environments, or uv. */
import { readFileSync } from 'node:fs';
import { fill } from '../../../shared/messages/fill';
import { pythonPredicates, pythonSentences } from '../../../shared/messages/pythonSentences';
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
      passedOver.push(`${candidate.name} ${fill(pythonPredicates.lacksVenv, { version: found.version })}`);
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
    return fill(pythonPredicates.otherVersion, { version: facts.version, wanted: versionsOf(minors) });
  }
  return facts.bits === 64 ? facts : fill(pythonPredicates.thirtyTwoBits, { version: facts.version });
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
  return fill(pythonSentences.namedBase, { name, why: found, versions: versionsOf(minors) });
}

function sentenceOf(passedOver: readonly string[], withoutVenv: PythonFacts | null, wish: BaseWish): string {
  const looked = [...passedOver, `uv ${pythonPredicates.notOnPath}`].join('; ');
  const { noBaseDebian, noVenv, noBase } = pythonSentences;
  if (withoutVenv && (wish.debian ?? isDebian())) return fill(noBaseDebian, { looked });
  return fill(withoutVenv ? noVenv : noBase, { versions: versionsOf(wish.minors), looked });
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
