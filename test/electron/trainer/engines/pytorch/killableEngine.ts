/** An engine on PyTorch whose process is killed at a moment that is named beforehand. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonScript } from '../../../../../electron/services/python/pythonScript';
import type { Engine, Runner } from '../../../../../electron/trainer/engines/engine';
import { createPytorchEngine } from '../../../../../electron/trainer/engines/pytorch/pytorchEngine';
import { kill } from '../../../../drivers/killing';
import { testPython } from '../../../../drivers/testPython';
import { changedRunner } from '../../../../drivers/trainer';

export interface Moment {
  /** Where it is: the start of the process, or something that it was just asked for. */
  during: 'start' | 'step' | 'evaluation' | 'checkpoint';
  /** How many of these go by before. */
  after: number;
  /** How long it has been at it; at the start as a share of what the first start took. */
  delay: number;
}

export interface KillableEngine {
  engine: Engine;
  /** The next start, or the one that is going on, dies at this moment. */
  arm: (moment: Moment) => void;
  /** Whether it died of it; what has not come by now does not come any more. */
  disarm: () => boolean;
}

/** In deterministic mode, on the CPU. */
export function killableEngine(home: string): KillableEngine {
  const note = join(home, 'pid');
  const environment = {
    ...process.env,
    NETLOOM_PYTHON: testPython(),
    NETLOOM_PYTORCH: 'device=cpu threads=1 deterministic=on',
  };
  const engine = createPytorchEngine({ home, environment, script: notedScript(home, note) });
  let armed: Moment | null = null;
  let passed = 0;
  let killed = false;
  let startMilliseconds = 0;
  let timer: NodeJS.Timeout | undefined;
  const act = (): void => {
    timer = undefined;
    killed = kill(Number(readFileSync(note, 'utf8')));
  };
  const strike = (milliseconds: number): void => {
    armed = null;
    if (milliseconds < 1) act();
    else timer = setTimeout(act, milliseconds);
  };
  const comes = (during: Moment['during']): void => {
    if (armed?.during !== during) return;
    if (passed < armed.after) passed += 1;
    else strike(armed.delay);
  };
  const watched = (runner: Runner): Runner =>
    changedRunner(runner, {
      // Asked first: the process is at it when it dies.
      submit: (...given) => whileComing(runner.submit(...given), () => comes('step')),
      evaluate: (...given) => whileComing(runner.evaluate(...given), () => comes('evaluation')),
      snapshot: () => whileComing(runner.snapshot(), () => comes('checkpoint')),
    });
  return {
    arm: (moment) => ([armed, passed] = [moment, 0]),
    disarm() {
      clearTimeout(timer);
      timer = undefined;
      armed = null;
      const died = killed;
      killed = false;
      return died;
    },
    engine: {
      ...engine,
      async probe() {
        rmSync(note, { force: true });
        const began = performance.now();
        const watching = setInterval(() => {
          // Its number is there as soon as it runs, long before it has loaded its libraries.
          if (armed?.during === 'start' && existsSync(note) && readFileSync(note, 'utf8').endsWith('\n'))
            strike(armed.delay * startMilliseconds);
        }, 5);
        const probe = await engine.probe().finally(() => clearInterval(watching));
        startMilliseconds ||= performance.now() - began;
        // It was faster than at first: the last moment before it is used.
        if (timer !== undefined) {
          clearTimeout(timer);
          act();
        }
        return probe;
      },
      open: async (program, options) => watched(await engine.open(program, options)),
    },
  };
}

function whileComing<Result>(asked: Promise<Result>, comes: () => void): Promise<Result> {
  comes();
  return asked;
}

/** The engine's own script, which leaves the number of its process. */
function notedScript(home: string, note: string): string {
  const script = join(home, 'noted.py');
  const real = pythonScript('run_engine.py');
  const lines = [
    'import os, runpy, sys',
    `open(${JSON.stringify(note)}, "w").write(f"{os.getpid()}\\n")`,
    `sys.path[0] = os.path.dirname(${JSON.stringify(real)})`,
    `runpy.run_path(${JSON.stringify(real)}, run_name="__main__")`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  return script;
}
