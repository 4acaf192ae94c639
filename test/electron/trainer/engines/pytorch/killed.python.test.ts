/** The engine's process is killed in the middle of a run: no record is lost, and the run ends where it would have ended. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPytorchEngine } from '../../../../../electron/trainer/engines/pytorch/pytorchEngine';
import { pythonScript } from '../../../../../electron/services/python/pythonScript';
import { readRun } from '../../../../../electron/services/runs/readRun';
import type { Engine } from '../../../../../electron/trainer/engines/engine';
import type { RunResult } from '../../../../../shared/training/events';
import { smallDesign } from '../../../../drivers/smallDesign';
import { temporaryHome } from '../../../../drivers/temporaryHome';
import { testPython } from '../../../../drivers/testPython';
import { resumeStory, startStory } from '../../../../drivers/trainer';

/** The engine, and the number of the process that it started last. */
function watchedEngine(home: string): { engine: Engine; pid: () => number } {
  const note = join(home, 'pid');
  const script = join(home, 'noted.py');
  const real = pythonScript('run_engine.py');
  const lines = [
    'import os, runpy, sys',
    `open(${JSON.stringify(note)}, "w").write(str(os.getpid()))`,
    `sys.path[0] = os.path.dirname(${JSON.stringify(real)})`,
    `runpy.run_path(${JSON.stringify(real)}, run_name="__main__")`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  const environment = { ...process.env, NETLOOM_PYTHON: testPython(), NETLOOM_PYTORCH: 'device=cpu threads=1' };
  const engine = createPytorchEngine({ home, environment, script });
  return { engine, pid: () => Number(existsSync(note) ? readFileSync(note, 'utf8') : NaN) };
}

const measures = ({ train, validation, test, epochs, steps }: RunResult): unknown => ({
  train,
  validation,
  test,
  epochs,
  steps,
});

it(
  'a run is interrupted, resumes from its last checkpoint, and ends with the same bits',
  { timeout: 900_000 },
  async () => {
    const home = temporaryHome();
    const design = smallDesign({ epochs: 4 });
    const { engine, pid } = watchedEngine(home);
    const whole = await (await startStory(home, design, { engine, submission: 2 })).session.result;
    expect(whole).toMatchObject({ state: 'finished', epochs: 4 });
    const story = await startStory(home, design, { engine, submission: 2 });
    await story.until(({ event }) => event === 'epoch');
    process.kill(pid(), 'SIGKILL');
    const broken = await story.session.result;
    expect(broken.reason).toContain('The process of the engine "pytorch" is gone: ');
    expect(broken.reason).toContain('SIGKILL');
    const { state, problems } = readRun(story.session.run, story.session.folder, { layers: false });
    expect({ state, problems }).toEqual({ state: 'interrupted', problems: [] });
    const resumed = await (
      await resumeStory(home, story.session.folder, design, { engine, submission: 2 })
    ).session.result;
    expect(measures(resumed)).toEqual(measures(whole));
  },
);
