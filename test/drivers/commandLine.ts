/** `netloom` in tests: runs one command line as the process would, with real trainer and prepare processes. */
import { join } from 'node:path';
import type { Context } from '../../electron/cli/context';
import { styleOf } from '../../electron/cli/display/style';
import type { ExitCode } from '../../electron/cli/exitCode';
import { runProgram } from '../../electron/cli/program';
import { childPrepare } from '../../electron/services/data/prepareData';
import { childTrainer } from '../../electron/services/training/childTrainer';
import { buildOnce } from './buildOnce';
import { recordingTerminal, type TerminalSettings } from './recordingTerminal';

export const assets = join(__dirname, '..', '..', 'assets');

export interface Ran {
  code: ExitCode;
  output: string;
  errors: string;
  /** Each line of the output as JSON. */
  json: () => Record<string, unknown>[];
}

export interface CommandLineOptions extends TerminalSettings {
  home: string;
  /** Files on the command line count from here. */
  folder?: string;
  mirror?: string;
  /** Handed the function that presses Ctrl+C, and what is written so far. */
  onStart?: (interrupt: () => void, output: () => string) => void;
}

export async function commandLine(words: readonly string[], options: CommandLineOptions): Promise<Ran> {
  const { home, folder = process.cwd(), mirror = null, onStart } = options;
  const terminal = recordingTerminal(options);
  const listeners = new Set<() => void>();
  const context: Context = {
    home,
    spawn: childTrainer(await buildOnce('trainer')),
    prepare: childPrepare(await buildOnce('prepare')),
    runExported: await buildOnce('runExported'),
    places: { home, folder, assets, mirror },
    terminal,
    style: styleOf(terminal.colour),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  onStart?.(() => {
    for (const listener of listeners) listener();
  }, terminal.output);
  const code = await runProgram(words, context, assets);
  const lines = (): Record<string, unknown>[] =>
    terminal
      .output()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, output: terminal.output(), errors: terminal.errors(), json: lines };
}
