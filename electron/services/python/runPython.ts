/** Runs a Python script in a process of its own, to its end, an abort or a time limit; its last words make the error. */
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';
import { isolation, lastLine } from './askPython';
import { runProgram, type EndedProgram } from './childProgram';

export interface PythonRun {
  /** The program: `executable` of a `Python`. */
  python: string;
  /** A file; what lies beside it can be imported. */
  script: string;
  args?: readonly string[];
  /** Where it runs; relative names in `args` count from here. */
  cwd: string;
  /** Milliseconds. */
  timeLimit: number;
  signal?: AbortSignal;
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>;
  /** Every line that it writes, as it comes. */
  onLine?: (line: string) => void;
}

export interface PythonOutput {
  /** The ends of both. */
  output: string;
  errors: string;
}

const shownLines = 5;

/**
 * Throws `ServiceProblem` python-failed where it does not end well, and `FileProblem` cancelled after an abort. Text goes
 * in and out as UTF-8 on every system, and nothing is written beside the script.
 */
export async function runPython(run: PythonRun): Promise<PythonOutput> {
  const environment = { ...process.env, ...run.environment };
  const switches = [...isolation(environment), '-u', '-X', 'utf8'];
  const { cwd, timeLimit, signal, onLine } = run;
  const ended = await runProgram(run.python, [...switches, run.script, ...(run.args ?? [])], {
    cwd,
    environment,
    timeLimit,
    signal,
    onLine,
  });
  if (ended.how === 'ended' && ended.code === 0) return { output: ended.output, errors: ended.errors };
  if (ended.how === 'aborted') throw new FileProblem('cancelled', run.script, 'Running the Python code was cancelled.');
  throw new ServiceProblem('python-failed', sentenceOf(run, ended));
}

function sentenceOf({ python, script, timeLimit }: PythonRun, ended: EndedProgram): string {
  const lines = lastLines(ended.errors);
  const wrote = lines === '' ? 'It wrote nothing to its error output.' : `It wrote: ${lines}`;
  if (ended.how === 'not-started') return `${python} could not be started (${ended.cause}). Is it still installed?`;
  if (ended.how === 'time-limit') {
    return `${script} did not end within ${timeLimit / 1000} s and was stopped. ${wrote}`;
  }
  if (ended.signal === 'SIGKILL') {
    return `${script} was ended by the system (SIGKILL), most often because memory ran out: close other programs. ${wrote}`;
  }
  const how = ended.signal === null ? `exit code ${ended.code ?? 'unknown'}` : ended.signal;
  return `${script} failed in ${python} (${how}). ${wrote}`;
}

function lastLines(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map(lastLine);
  return lines
    .filter((line) => line !== '')
    .slice(-shownLines)
    .join(' | ');
}
