/** A run that is moved from engine to engine goes on as on one of them, as near as one of them is to itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors } from '../../../electron/files/safetensors';
import { withoutDropout } from '../../../electron/services/export/verifyReference';
import { pythonScript } from '../../../electron/services/python/pythonScript';
import type { Engine, Runner } from '../../../electron/trainer/engines/engine';
import { loadEngine } from '../../../electron/trainer/engines/engines';
import { createPytorchEngine } from '../../../electron/trainer/engines/pytorch/pytorchEngine';
import { designSchema } from '../../../shared/design/schema';
import { temporaryHome } from '../../drivers/temporaryHome';
import { useTensorflow } from '../../drivers/tensorflow';
import { testPython } from '../../drivers/testPython';
import { toldBy, type LoggedRun } from '../../drivers/toldRun';
import { changedRunner, resumeStory, startStory, type Story } from '../../drivers/trainer';
import { digitsCnn } from '../../electron/trainer/killedTrainer';
import { freelyOff } from './freelyOff';

useTensorflow();

/** Masks are drawn by other generators on other libraries. */
const design = withoutDropout(designSchema.parse(digitsCnn(2)));
const steps = 76;
/** In the middle of the first epoch, and of the second. */
const [firstMove, secondMove] = [25, 51];

interface Kernels {
  settings?: string;
  /** Lines of Python before PyTorch is loaded. */
  before?: readonly string[];
}

/** PyTorch that computes the same and rounds otherwise. */
const ways: readonly Kernels[] = [
  {},
  { settings: 'threads=2 channelsLast=on', before: ['import os', 'os.environ["ATEN_CPU_CAPABILITY"] = "default"'] },
  { before: ['import torch', 'torch.backends.mkldnn.set_flags(False)'] },
];

function pytorch({ settings = '', before = [] }: Kernels): Engine {
  const home = temporaryHome();
  const script = join(home, 'kernels.py');
  const real = JSON.stringify(pythonScript('run_engine.py'));
  const begin = ['import os, runpy, sys', `sys.path[0] = os.path.dirname(${real})`];
  writeFileSync(script, [...before, ...begin, `runpy.run_path(${real}, run_name="__main__")`, ''].join('\n'));
  const environment = {
    ...process.env,
    NETLOOM_PYTHON: testPython(),
    NETLOOM_PYTORCH: `device=cpu threads=1 deterministic=on ${settings}`,
  };
  return createPytorchEngine({ home, environment, script });
}

/** Stops the run before a step, when all steps before it are done. */
function stoppedAt(step: number, stop: () => void): (runner: Runner) => Runner {
  let before: Promise<unknown> = Promise.resolve();
  return (runner) =>
    changedRunner(runner, {
      async submit(asked, signal) {
        if ((asked[0]?.index ?? 0) >= step) {
          await before;
          stop();
        }
        const submitted = runner.submit(asked, signal);
        before = submitted;
        return submitted;
      },
    });
}

interface Leg {
  engine: Engine;
  /** The step at which the run leaves the engine. */
  until?: number;
  wrap?: (runner: Runner) => Runner;
}

/** Trains a run from its beginning to its end, in legs. */
async function train(legs: readonly Leg[]): Promise<LoggedRun> {
  const home = temporaryHome();
  let story: Story | null = null;
  for (const { engine, until = Infinity, wrap = (runner: Runner) => runner } of legs) {
    const stop = (): void => story?.session.control.stop();
    const leaves = stoppedAt(until, stop);
    const settings = { engine, submission: 1, wrap: (runner: Runner) => leaves(wrap(runner)) };
    story = story
      ? await resumeStory(home, story.session.folder, design, settings)
      : await startStory(home, design, settings);
    const result = await story.session.result;
    expect(result).toMatchObject(
      until === Infinity ? { state: 'finished', steps } : { state: 'stopped', steps: until },
    );
  }
  return (story as Story).session;
}

/** The losses of all steps, then of the epochs on both parts, then of the final evaluations. */
function lossesOf(run: LoggedRun): number[] {
  const { losses, epochs, evaluations } = toldBy(run);
  const judged = epochs.flatMap(({ train: own, validation }) => [own.loss, validation?.loss ?? NaN]);
  const all = [...losses, ...judged, ...evaluations.map(({ measures }) => measures.loss)];
  expect(all).toHaveLength(steps + 2 * 2 + 2);
  return all;
}

/** The engine begins with what the optimizer keeps lost. */
const withoutSlots = (runner: Runner): Runner =>
  changedRunner(runner, {
    async load(file) {
      const { tensors, metadata } = readSafetensors(diskFiles, file);
      const weights = new Map([...tensors].filter(([name]) => name.startsWith('weights/')));
      const partial = join(temporaryHome(), 'weights.safetensors');
      writeSafetensors(diskFiles, partial, { metadata, tensors: weights });
      return runner.load(partial, { partial: true });
    },
  });

it('from wasm to pytorch to tensorflow', { timeout: 900_000 }, async () => {
  const [wasm, tensorflow] = [await loadEngine('wasm'), await loadEngine('tensorflow')];
  const free: number[][] = [];
  for (const way of ways) free.push(lossesOf(await train([{ engine: pytorch(way) }])));
  expect(new Set(free.map(String)).size).toBeGreaterThan(1);
  const legs = [{ engine: wasm, until: firstMove }, { engine: pytorch({}), until: secondMove }, { engine: tensorflow }];
  const moved = lossesOf(await train(legs));
  expect(freelyOff('moved', { free }, moved)).toEqual([]);
  const stayed = lossesOf(await train([{ engine: wasm }]));
  expect(freelyOff('stayed', { free }, stayed)).toEqual([]);
  // To the bit on the same engine, and each of the others rounds in its own way.
  const apart = [...legs.keys()].map((leg) => {
    const places = [0, firstMove, secondMove, steps];
    const part = (losses: number[]): string => losses.slice(places[leg], places[leg + 1]).join();
    return part(moved) !== part(stayed);
  });
  expect(apart).toEqual([false, true, true]);
  // What does not move with the run is found out.
  const forgetful = await train([
    { engine: wasm, until: firstMove },
    { engine: wasm, wrap: withoutSlots },
  ]);
  expect(freelyOff('without slots', { free }, lossesOf(forgetful))).not.toEqual([]);
});
