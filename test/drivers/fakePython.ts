/** Interpreters for tests: programs that answer as a Python would, of any version, with any packages, failing as told. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How one start of pip ends, for the first whose `when` is in its words. */
export interface PipStory {
  when: string;
  output?: string;
  errors?: string;
  code?: number;
  /** It never ends. */
  forever?: boolean;
  /** Meanwhile the disk fills. */
  fills?: boolean;
  /** Packages that come whole before it ends, by their files' names. */
  fetched?: readonly string[];
}

export interface FakePython {
  version?: string;
  bits?: number;
  installed?: Record<string, string>;
  makesEnvironments?: boolean;
  /** Bytes free on every disk. */
  free?: number;
  pip?: readonly PipStory[];
  /** How the libraries fare when they are tried; by itself well. */
  trial?: { code?: number; errors?: string; forever?: boolean };
  /** How making an environment fares; by itself well. */
  venv?: { code: number; errors: string };
}

export interface Faked {
  /** The program. */
  python: string;
  /** The words of every start that changed something, in order. */
  calls: () => string[][];
  /** The environments of these. */
  environments: () => Record<string, string>[];
}

/** What is asked most is answered by the shell, which starts in no time, with words of its own: its PATH may be empty. */
const shell = `#!/bin/sh
case " $* " in
  *" -c "*netloom-python*)
    printf 'a greeting from sitecustomize\\nnetloom-python '
    while read -r line; do printf '%s\\n' "$line"; done < "$0.json" ;;
  *) exec '${process.execPath}' "$0.cjs" "$@" ;;
esac
`;

const program = `
const { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const behaviourFile = join(__dirname, 'behaviour.json');
const behaviour = JSON.parse(readFileSync(behaviourFile, 'utf8'));
const own = __filename.replace(/\\.cjs$/, '');
const facts = JSON.parse(readFileSync(own + '.json', 'utf8'));
const say = (of, told) => writeFileSync(of + '.json', JSON.stringify({ ...told, executable: of }) + '\\n');
const words = process.argv.slice(2);
const end = ({ code = 1, errors = '', output = '' }) => {
  process.stdout.write(output);
  process.stderr.write(errors);
  process.exitCode = code;
};
const at = words.findIndex((word) => word === '-c' || word === '-m');
const [kind, subject, ...rest] = words.slice(at);
if (kind === '-c' && subject.includes('disk_usage')) {
  console.log('free ' + behaviour.free);
} else if (kind === '-c') {
  if (behaviour.trial?.forever) setInterval(() => undefined, 1000);
  else if (behaviour.trial) end(behaviour.trial);
} else {
  appendFileSync(behaviour.log, JSON.stringify({ words: [subject, ...rest], environment: process.env }) + '\\n');
  if (subject === 'venv' && behaviour.venv) end(behaviour.venv);
  else if (subject === 'venv') {
    const bin = join(rest[rest.length - 1], 'bin');
    mkdirSync(bin, { recursive: true });
    const made = join(bin, 'python');
    copyFileSync(own, made);
    copyFileSync(__filename, made + '.cjs');
    say(made, facts);
    copyFileSync(behaviourFile, join(bin, 'behaviour.json'));
  } else if (subject === 'pip') {
    const story = behaviour.pip.find(({ when }) => rest.join(' ').includes(when));
    for (const name of story?.fetched ?? []) {
      mkdirSync(join(process.env.TMPDIR, 'pip-unpack-1'), { recursive: true });
      writeFileSync(join(process.env.TMPDIR, 'pip-unpack-1', name), Buffer.from(behaviour.wheel, 'base64'));
    }
    if (story?.forever) setInterval(() => undefined, 1000);
    if (story) end({ code: 0, ...story });
    if (story?.fills) writeFileSync(behaviour.original, JSON.stringify({ ...behaviour, free: 1 }));
    if (!process.exitCode && !story?.forever) {
      const exact = rest.map((word) => word.replace(/\\[.*\\]/, '').split('==')).filter((parts) => parts.length === 2);
      say(own, { ...facts, installed: { ...facts.installed, ...Object.fromEntries(exact) } });
    }
  }
}
`;

/** An archive with nothing in it. */
export const wheel = Uint8Array.from([0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)]);

/** Writes such a program into a folder of its own. */
export function fakePython(folder: string, fake: FakePython = {}, name = 'python3'): Faked {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'calls.jsonl');
  const { version = '3.11.7', bits = 64, installed = {}, makesEnvironments = true, free = 1e12, pip = [] } = fake;
  const { trial, venv } = fake;
  const original = join(folder, 'behaviour.json');
  const whole = Buffer.from(wheel).toString('base64');
  writeFileSync(original, JSON.stringify({ wheel: whole, free, pip, trial, venv, log, original }));
  const python = join(folder, name);
  writeFileSync(
    `${python}.json`,
    `${JSON.stringify({ executable: python, version, bits, makesEnvironments, installed })}\n`,
  );
  writeFileSync(`${python}.cjs`, program);
  const starts = (): { words: string[]; environment: Record<string, string> }[] => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line) as ReturnType<typeof starts>[number]);
  };
  return {
    python: writeProgram(python, shell),
    calls: () => starts().map(({ words }) => words),
    environments: () => starts().map(({ environment }) => environment),
  };
}

/** Any program at all, such as a script of the shell. */
export function writeProgram(file: string, text: string): string {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** All that checking exported code needs, in versions that will do. */
export const everything = {
  torch: '2.14.1',
  keras: '3.12.4',
  tensorflow: '2.21.0',
  onnx: '1.23.2',
  onnxruntime: '1.23.2',
  numpy: '2.2.6',
  safetensors: '0.8.0',
};
