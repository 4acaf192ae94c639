/** Whether an environment holds what it should and can be used: its versions are asked for, and each library computes. */
import { fill } from '../../../shared/messages/fill';
import { installFailures } from '../../../shared/messages/installSentences';
import { pythonPredicates } from '../../../shared/messages/pythonSentences';
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';
import { askPython, isolation, lastLine, safeStart, type PythonFacts } from './askPython';
import { runProgram } from './childProgram';
import { environments, type EnvironmentName } from './environments';
import { listed } from './pythonPackages';
import type { InstallWish } from './environmentPlan';

const trialLimit = 600_000;

/** What its Python says, or why it is not whole, as what follows its name. Takes a fraction of a second. */
export async function askWhole(
  name: EnvironmentName,
  python: string,
  { environment = process.env, machine = process, signal }: InstallWish,
): Promise<PythonFacts | string> {
  const answer = await askPython(python, [], { environment, signal });
  if ('reason' in answer) return answer.reason;
  const { installed } = answer.facts;
  const wanted = environments[name].requirements(machine);
  const wrong = wanted.filter((requirement) => {
    // "tensorflow[and-cuda]==2.21.0" is tensorflow with what it can do more.
    const [distribution = '', version = ''] = requirement.replace(/\[.*\]/, '').split('==');
    // A build may say more than its version: 2.14.1+cpu.
    return (installed[distribution] ?? '').replace(/\+.*$/, '') !== version;
  });
  return wrong.length > 0 ? fill(pythonPredicates.lacksPackages, { packages: listed(wrong) }) : answer.facts;
}

/** Throws `ServiceProblem` install-failed where something is missing or does not compute. */
export async function proveEnvironment(
  name: EnvironmentName,
  python: string,
  wish: InstallWish,
  command: string,
): Promise<PythonFacts> {
  const facts = await askWhole(name, python, wish);
  if (typeof facts === 'string') {
    throw new ServiceProblem('install-failed', fill(installFailures.incomplete, { why: facts, command }));
  }
  const { environment = process.env, signal } = wish;
  const words = [...isolation(environment), '-c', safeStart + environments[name].trial];
  const ended = await runProgram(python, words, { environment, signal, timeLimit: trialLimit });
  if (ended.how === 'ended' && ended.code === 0) return facts;
  if (ended.how === 'aborted') throw new FileProblem('cancelled', python, installFailures.trialCancelled);
  const said = lastLine(ended.errors) || lastLine(ended.output) || ended.signal || ended.how;
  throw new ServiceProblem('install-failed', fill(installFailures.unusable, { said, command }));
}
