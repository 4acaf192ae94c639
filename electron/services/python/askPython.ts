/** Asks a program whether it is a Python, which one, and what is installed in it, without loading any of that. */
import { lstatSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { fill } from '../../../shared/messages/fill';
import { pythonPredicates, pythonSentences } from '../../../shared/messages/pythonSentences';
import { FileProblem } from '../../files/fileProblem';
import { runProgram, type EndedProgram } from './childProgram';
import { distributionNames } from './pythonPackages';

const answerSchema = z.object({
  executable: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  bits: z.int(),
  /** Whether it can make environments with pip in them. */
  makesEnvironments: z.boolean(),
  /** Versions of what is installed, by distribution. */
  installed: z.record(z.string(), z.string()),
});

export type PythonFacts = z.output<typeof answerSchema>;

export interface AskOptions {
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  timeLimit?: number;
}

/** What follows a program's name in a sentence: "is not there". */
export type PythonAnswer = { facts: PythonFacts } | { reason: string };

const mark = 'netloom-python';

/** Begins every program that is handed over as words: by itself Python would import from the folder that it runs in. */
export const safeStart = 'import sys; sys.path[:] = [place for place in sys.path if place]\n';

/** Read by Python 2 too, so that it is called too old and not broken. */
const question = `${safeStart}
import json, struct
version = list(sys.version_info[:3])
facts = {"executable": sys.executable or "", "version": ".".join(map(str, version)), "bits": 8 * struct.calcsize("P"),
         "makesEnvironments": False, "installed": {}}
if version >= [3, 8]:
    import importlib.util
    import importlib.metadata
    facts["makesEnvironments"] = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    for name in sys.argv[1:]:
        try:
            facts["installed"][name] = str(importlib.metadata.version(name) or "")
        except Exception:
            pass
    facts["installed"] = {name: found for name, found in facts["installed"].items() if found}
print("${mark} " + json.dumps(facts))
`;

const outputLimit = 1_000_000;

/**
 * Python's own switches for every start of ours: its environment variables do not change what it imports. Packages that
 * the user installed for himself (pip install --user) stay, unless he shut them out.
 */
export function isolation(environment: NodeJS.ProcessEnv): readonly string[] {
  return environment.PYTHONNOUSERSITE ? ['-E', '-B', '-s'] : ['-E', '-B'];
}

/** Throws `FileProblem` cancelled after an abort. */
export async function askPython(
  command: string,
  words: readonly string[] = [],
  options: AskOptions = {},
): Promise<PythonAnswer> {
  const { environment = process.env, signal, timeLimit = 15_000 } = options;
  if (isAbsolute(command) && isFolder(command)) {
    return { reason: fill(pythonPredicates.isFolder, { example: join(command, 'bin', 'python') }) };
  }
  const all = [...words, ...isolation(environment), '-c', question, ...distributionNames];
  const ended = await runProgram(command, all, { cwd: tmpdir(), environment, signal, timeLimit, outputLimit });
  const said = ended.output.split(/\r?\n/).find((line) => line.startsWith(`${mark} `));
  const facts = said === undefined ? null : readFacts(said.slice(mark.length + 1), command);
  return facts === null ? { reason: whyNot(command, ended, timeLimit) } : { facts };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readFacts(text: string, command: string): PythonFacts | null {
  try {
    const facts = answerSchema.parse(JSON.parse(text));
    return { ...facts, executable: facts.executable || command };
  } catch {
    return null;
  }
}

function whyNot(command: string, ended: EndedProgram, timeLimit: number): string {
  switch (ended.how) {
    case 'not-started':
      if (ended.cause === 'ENOENT') return whyMissing(command);
      if (ended.cause === 'EACCES') return pythonPredicates.mayNotStart;
      return fill(pythonPredicates.couldNotStart, { cause: ended.cause });
    case 'time-limit':
      return fill(pythonPredicates.noAnswer, { seconds: timeLimit / 1000 });
    case 'aborted':
      throw new FileProblem('cancelled', command, pythonSentences.searchCancelled);
    case 'flooded':
      return pythonPredicates.floods;
    case 'ended':
      return howItEnded(ended);
  }
}

/** A link that leads nowhere, or a script for a program that is gone, stands there and cannot be started. */
function whyMissing(command: string): string {
  if (!isAbsolute(command)) return pythonPredicates.notOnPath;
  const there = lstatSync(command, { throwIfNoEntry: false }) !== undefined;
  return there ? pythonPredicates.leadsNowhere : pythonPredicates.notThere;
}

function howItEnded({ code, signal, output, errors }: EndedProgram): string {
  const line = [errors, output].map(lastLine).find((text) => text !== '');
  const { endedMute, endedSaying, killedMute, killedSaying } = pythonPredicates;
  if (signal === null) {
    const ended = { code: code ?? 'unknown' };
    return line === undefined ? fill(endedMute, ended) : fill(endedSaying, { ...ended, line });
  }
  return line === undefined ? fill(killedMute, { signal }) : fill(killedSaying, { signal, line });
}

/** The last line that says something, short enough for a sentence, without control characters. */
export function lastLine(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/\p{Cc}/gu, ' ').trim());
  const last = lines.filter((line) => line !== '').pop() ?? '';
  return last.length > 200 ? `${last.slice(0, 199)}…` : last;
}
