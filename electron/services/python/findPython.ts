/** Finds the Python for a purpose: the user's, or one that Netloom installed; or says what is missing. */
import { fill } from '../../../shared/messages/fill';
import { pythonPredicates, pythonSentences } from '../../../shared/messages/pythonSentences';
import { ServiceProblem } from '../serviceProblem';
import { askPython, type PythonFacts } from './askPython';
import { namedPython, pythonCandidates, type Candidate } from './candidates';
import type { EnvironmentName } from './environments';
import { environmentState, installCommand, stateSentence } from './environmentState';
import { isEnough, lackingFor, listed, neededFor, packagesAmong } from './pythonPackages';
import type { PythonPackage, PythonTarget } from './pythonPackages';

export interface Python {
  /** The name of an environment: Netloom made it. */
  source: Candidate['source'] | EnvironmentName;
  executable: string;
  version: string;
  packages: Partial<Record<PythonPackage, string>>;
}

export interface PythonWish {
  /** What it is for; every package that these need must be there. */
  targets: readonly PythonTarget[];
  /** One of the sentences for it; that code for the targets is checked unless told. */
  purpose?: string;
  /** Environments of Netloom's that will do, the one to install first; unless told, the one that checks exported code. */
  environments?: readonly EnvironmentName[];
  home: string;
  environment?: NodeJS.ProcessEnv;
  platform?: string;
  /** Milliseconds for one candidate to answer. */
  timeLimit?: number;
  signal?: AbortSignal;
}

export type PythonFinding =
  | { kind: 'found'; python: Python; passedOver: readonly string[] }
  /** `command` is what installs one. */
  | { kind: 'none'; problem: ServiceProblem; command: string; passedOver: readonly string[] };

const oldestPython = '3.10';

/** What was looked at and not taken is kept, each as a sentence without its full stop. */
export async function findPython(wish: PythonWish): Promise<PythonFinding> {
  const { environment = process.env, platform = process.platform } = wish;
  const named = namedPython(environment);
  if (named) return findNamed(named, wish);
  const passedOver: string[] = [];
  for (const candidate of pythonCandidates(environment, platform)) {
    const found = await tryCandidate(candidate, wish);
    if (typeof found !== 'string') return { kind: 'found', python: found, passedOver };
    passedOver.push(`${candidate.name} ${found}`);
  }
  const names = environmentsOf(wish);
  for (const name of names) {
    const own = await tryOwn(name, wish);
    if (typeof own !== 'string') return { kind: 'found', python: own, passedOver };
    const { ownEnvironment, ownEnvironmentNamed } = pythonSentences;
    passedOver.push(
      names.length > 1 ? fill(ownEnvironmentNamed, { name, why: own }) : fill(ownEnvironment, { why: own }),
    );
  }
  return none(wish, passedOver, sentenceOf(wish, passedOver));
}

function environmentsOf({ environments = ['verify'] }: PythonWish): readonly EnvironmentName[] {
  return environments;
}

function commandOf(wish: PythonWish): string {
  return installCommand(environmentsOf(wish)[0] ?? 'verify');
}

/** Never passed over: whoever names a Python wants that one. */
async function findNamed(named: Candidate, wish: PythonWish): Promise<PythonFinding> {
  const found = await tryCandidate(named, wish);
  if (typeof found !== 'string') return { kind: 'found', python: found, passedOver: [] };
  const { name } = named;
  const needed = { least: oldestPython, packages: neededFor(wish.targets), command: commandOf(wish) };
  return none(wish, [`${name} ${found}`], fill(pythonSentences.named, { name, why: found, ...needed }));
}

function none(wish: PythonWish, passedOver: readonly string[], sentence: string): PythonFinding {
  const problem = new ServiceProblem('python-unavailable', sentence);
  return { kind: 'none', problem, command: commandOf(wish), passedOver };
}

function sentenceOf(wish: PythonWish, passedOver: readonly string[]): string {
  const { targets, purpose = fill(pythonSentences.checking, { targets: listed(targets) }) } = wish;
  const needed = { least: oldestPython, packages: neededFor(targets), command: commandOf(wish) };
  return fill(pythonSentences.none, { purpose, looked: passedOver.join('; '), ...needed });
}

async function tryOwn(name: EnvironmentName, wish: PythonWish): Promise<Python | string> {
  const state = environmentState(wish.home, name);
  if (state.kind !== 'ready') return stateSentence(state);
  const found = await tryCandidate({ command: state.python, words: [] }, wish);
  if (typeof found === 'string') return fill(pythonPredicates.damaged, { why: found });
  return { ...found, source: name };
}

/** A Python that will do, or why not, as what follows its name. */
async function tryCandidate(
  { source = 'PATH', command, words }: Pick<Candidate, 'command' | 'words'> & Partial<Candidate>,
  { targets, environment = process.env, signal, timeLimit }: PythonWish,
): Promise<Python | string> {
  const answer = await askPython(command, words, { environment, signal, timeLimit });
  if ('reason' in answer) return answer.reason;
  const { facts } = answer;
  const old = tooOld(facts);
  if (old) return old;
  const packages = packagesAmong(facts.installed);
  const lacking = lackingFor(targets, packages);
  if (lacking.length > 0) return fill(pythonPredicates.lacks, { version: facts.version, packages: listed(lacking) });
  return { source, executable: facts.executable, version: facts.version, packages };
}

function tooOld({ version }: Pick<PythonFacts, 'version'>): string | null {
  return isEnough(version, oldestPython) ? null : fill(pythonPredicates.tooOld, { version, least: oldestPython });
}
