/** Opens a runner of the embedded engine for one test and closes it whatever happens. */
import type { OpenOptions, Runner } from '../../../electron/trainer/engines/engine';
import { loadEngine } from '../../../electron/trainer/engines/engines';
import type { CheckedProgram } from '../../../shared/ir/program';
import { openOptions } from './tinyDesigns';

export async function withRunner<Result>(
  program: CheckedProgram,
  use: (runner: Runner) => Promise<Result>,
  options: Partial<OpenOptions> = {},
): Promise<Result> {
  const engine = await loadEngine('wasm');
  const runner = await engine.open(program, openOptions(options));
  try {
    return await use(runner);
  } finally {
    await runner.close();
  }
}
