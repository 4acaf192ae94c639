/** What every engine's runner must do, whatever computes behind it: the same story told to each engine. */
import { saveState } from '../../../electron/trainer/engines/checkpoint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors } from '../../../electron/files/safetensors';
import type { Engine, Runner, Step, Submitted } from '../../../electron/trainer/engines/engine';
import type { CheckedProgram } from '../../../shared/ir/program';
import { classifier, classifierLayers, everySample, openOptions, tinySteps } from './tinyDesigns';

const calm = { aborted: false };

/** How an engine is brought to a step that is not finite: bad samples where numbers are real, a fault where not. */
export interface Bench {
  engine: Promise<Engine>;
  /** Its step 1 is not finite: the node it must name. */
  poisoned: (program: CheckedProgram) => Promise<{ runner: Runner; node: string }>;
  /** Whether its numbers are those of the design. */
  computes: boolean;
}

async function open(bench: Bench, program = classifier()): Promise<Runner> {
  return (await bench.engine).open(program, openOptions());
}

async function losses(runner: Runner, submissions: Step[][]): Promise<number[]> {
  const done: Submitted[] = [];
  for (const steps of submissions) done.push(await runner.submit(steps, calm));
  return done.flatMap(({ columns }) => scalar(columns, 'loss'));
}

function scalar(columns: Submitted['columns'], name: string): number[] {
  const at = columns.scalarNames.indexOf(name);
  const width = columns.scalarNames.length;
  return Array.from({ length: columns.steps }, (_, row) => columns.scalars[row * width + at] ?? NaN);
}

function chunks(steps: Step[], size: number): Step[][] {
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, at) => steps.slice(at * size, (at + 1) * size));
}

/** `id`: of the engine. */
export function tellRunnerStory(id: string, bench: Bench): void {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-runner-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  describe(`the runner of the engine ${id}`, () => {
    const file = (name: string): string => join(folder, `${id}-${name}`);

    it('is probed with a product that is right', async () => {
      const probe = await (await bench.engine).probe();
      expect(probe).toMatchObject({ available: true, reason: null });
      expect(probe.versions.node).toBe(process.versions.node);
    });

    it('names its columns and weight groups when it opens', async () => {
      const runner = await open(bench);
      expect(runner.scalarNames).toEqual(['loss', 'accuracy', 'learningRate', 'gradientNorm']);
      expect(runner.groups).toEqual([
        { path: 'conv', name: 'conv', layer: 'Conv2D', elements: 9 * 3 + 3 },
        { path: 'norm', name: 'norm', layer: 'BatchNorm', elements: 6 },
        { path: 'scores', name: 'scores', layer: 'Dense', elements: 48 * 3 + 3 },
      ]);
      await runner.close();
    });

    it('fills a row of columns for every step and ratios for every second one', async () => {
      const runner = await open(bench);
      const { columns, stoppedAt } = await runner.submit(tinySteps(4, 3, { learningRate: 0.25 }), calm);
      expect(stoppedAt).toBeUndefined();
      expect(columns).toMatchObject({ firstStep: 4, steps: 3, groupNames: ['conv', 'norm', 'scores'] });
      expect(columns.scalars).toHaveLength(3 * 4);
      expect(scalar(columns, 'learningRate')).toEqual([0.25, 0.25, 0.25]);
      for (const name of ['loss', 'accuracy', 'gradientNorm'])
        for (const value of scalar(columns, name)) expect(value).toBeGreaterThanOrEqual(0);
      expect(columns.gradientNorms).toHaveLength(3 * 3);
      expect(columns.gradientNorms.every((norm) => norm > 0)).toBe(true);
      const measured = [...columns.updateRatios].map((ratio) => Number.isFinite(ratio) && ratio > 0);
      expect(measured).toEqual([true, true, true, false, false, false, true, true, true]);
      await runner.close();
    });

    it('learns', async () => {
      const runner = await open(bench);
      const curve = await losses(runner, [tinySteps(0, 60)]);
      expect(curve.at(-1)).toBeLessThan(0.5 * (curve[0] ?? 0));
      await runner.close();
    });

    it.each([1, 3, 17])('gives equal bits in submissions of %i steps', async (size) => {
      const [whole, cut] = [await open(bench), await open(bench)];
      const expected = await losses(whole, [tinySteps(0, 20)]);
      expect(await losses(cut, chunks(tinySteps(0, 20), size))).toEqual(expected);
      expect(new Set(expected).size).toBeGreaterThan(15);
      await Promise.all([whole.close(), cut.close()]);
    });

    it('takes a second submission while the first runs, in order, and refuses a third', async () => {
      const [runner, other] = [await open(bench), await open(bench)];
      const [first, second, third] = chunks(tinySteps(0, 9), 3).map((steps) => runner.submit(steps, calm));
      await expect(third).rejects.toThrow('at most 2 submissions');
      const both = [await first!, await second!].flatMap(({ columns }) => scalar(columns, 'loss'));
      expect(both).toEqual(await losses(other, [tinySteps(0, 6)]));
      await Promise.all([runner.close(), other.close()]);
    });

    it('stops between two steps when asked, lets what waits go, and goes on afterwards as if nothing had been', async () => {
      const [runner, other] = [await open(bench), await open(bench)];
      const signal = { aborted: false };
      const running = runner.submit(tinySteps(0, 20_000), signal);
      const waiting = runner.submit(tinySteps(20_000, 5), signal);
      await new Promise((resolve) => setTimeout(resolve, 30));
      signal.aborted = true;
      const stopped = await running;
      const done = stopped.columns.steps;
      expect(stopped).toMatchObject({ stoppedAt: done, reason: 'aborted' });
      expect(done).toBeLessThan(20_000);
      expect(await waiting).toMatchObject({ stoppedAt: 20_000, reason: 'aborted', columns: { steps: 0 } });
      const after = await losses(runner, [tinySteps(done, 3)]);
      expect(after).toEqual((await losses(other, [tinySteps(0, done + 3)])).slice(done));
      await Promise.all([runner.close(), other.close()]);
    });

    it('changes nothing in a step that is not finite, and names the node', async () => {
      const { runner, node } = await bench.poisoned(classifier());
      const [first, bad] = tinySteps(0, 2) as [Step, Step];
      await runner.submit([first], calm);
      // The first look inside may make what later ones use again.
      await runner.diagnose(bad);
      await saveState(runner, file('before'));
      const memory = await runner.memory();
      const waiting = [runner.submit([bad], calm), runner.submit(tinySteps(2, 3), calm)];
      expect(await waiting[0]).toMatchObject({ stoppedAt: 1, reason: 'not finite', columns: { steps: 0 } });
      expect(await waiting[1]).toMatchObject({ stoppedAt: 2, reason: 'not finite', columns: { steps: 0 } });
      expect(await runner.diagnose(bad)).toMatchObject({ step: 1, node, name: node });
      expect((await runner.diagnose(bad)).elements).toBeGreaterThan(0);
      await saveState(runner, file('after'));
      expect(tensors(file('after'))).toEqual(tensors(file('before')));
      expect(await runner.memory()).toEqual(memory);
      await runner.close();
    });

    it('finds nothing wrong with a step that is fine, and changes nothing by looking', async () => {
      const runner = await open(bench);
      await runner.submit(tinySteps(0, 2), calm);
      await saveState(runner, file('unseen'));
      const found = await runner.diagnose(tinySteps(2, 1)[0]!);
      expect(found).toMatchObject({ step: 2, node: null, name: null, elements: 0 });
      expect(found.loss).toBeGreaterThan(0);
      await saveState(runner, file('seen'));
      expect(tensors(file('seen'))).toEqual(tensors(file('unseen')));
      await runner.close();
    });

    it('tells the gradients of a step for every weight that learns, and changes nothing by it', async () => {
      const [runner, other] = [await open(bench), await open(bench)];
      const [step] = tinySteps(0, 1) as [Step];
      await runner.gradients(step);
      const memory = await runner.memory();
      const { loss, gradients } = await runner.gradients(step);
      expect(await runner.memory()).toEqual(memory);
      expect([...gradients].map(([key, values]) => [key, values.length])).toEqual([
        ['conv/kernel', 27],
        ['conv/bias', 3],
        ['norm/gamma', 3],
        ['norm/beta', 3],
        ['scores/kernel', 144],
        ['scores/bias', 3],
      ]);
      const { columns } = await runner.submit([step], calm);
      expect(columns).toEqual((await other.submit([step], calm)).columns);
      expect(scalar(columns, 'loss')[0]).toBeCloseTo(loss, 5);
      if (bench.computes) {
        const squares = (gradients.get('scores/kernel') ?? new Float32Array()).reduce(
          (sum, each) => sum + each * each,
          0,
        );
        const bias = (gradients.get('scores/bias') ?? new Float32Array()).reduce((sum, each) => sum + each * each, 0);
        expect(columns.gradientNorms[2]).toBeCloseTo(Math.sqrt(squares + bias), 5);
      }
      await Promise.all([runner.close(), other.close()]);
    });

    it('evaluates in the order asked for, with tables only where they are wanted', async () => {
      const runner = await open(bench);
      await runner.submit(tinySteps(0, 30), calm);
      const brief = await runner.evaluate(everySample(), { part: 'validation', full: false }, calm);
      const full = await runner.evaluate(everySample(), { part: 'validation', full: true }, calm);
      expect(brief).toMatchObject({ samples: 48, aborted: false });
      expect(brief.heads[0]?.metrics.map(({ length }) => length)).toEqual([2, 0]);
      expect(full.heads[0]?.metrics.map(({ length }) => length)).toEqual([2, 9]);
      expect(full.heads[0]?.lossSum).toBe(brief.heads[0]?.lossSum);
      expect([...(full.heads[0]?.metrics[1] ?? [])].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40);
      await runner.close();
    });

    it('ends an evaluation early when asked', async () => {
      const runner = await open(bench);
      const asked = { aborted: true };
      const nothing = await runner.evaluate(everySample(), { part: 'train', full: true }, asked);
      expect(nothing).toMatchObject({ samples: 0, aborted: true });
      const none = await runner.evaluate(new Uint32Array(0), { part: 'train', full: true }, calm);
      expect(none).toMatchObject({ samples: 0, aborted: false });
      await runner.close();
    });

    it('writes predictions that a safetensors reader finds', async () => {
      const runner = await open(bench);
      const options = { part: 'validation' as const, full: false, predictionsTo: file('predictions') };
      await runner.evaluate(everySample(), options, calm);
      const { tensors: stored } = readSafetensors(diskFiles, file('predictions'));
      expect([...stored.keys()]).toEqual(['out']);
      expect(stored.get('out')).toMatchObject({ dtype: 'F32', shape: [48, 3] });
      const shown = await runner.peek(['out'], Uint32Array.of(5), { part: 'validation', mode: 'evaluate' });
      const row = [...(stored.get('out')?.data as Float32Array)].slice(15, 18);
      // A batch of one is summed in another order than a batch of eight.
      shown[0]?.values.forEach((value, at) => expect(value).toBeCloseTo(row[at] ?? NaN, 5));
      await runner.close();
    });

    it('shows what nodes put out, also while training, and knows which do not exist', async () => {
      const runner = await open(bench);
      const indices = Uint32Array.of(7, 3);
      await runner.peek(['conv'], indices, { part: 'train', mode: 'train' });
      const memory = await runner.memory();
      const shown = await runner.peek(['drop', 'conv'], indices, { part: 'train', mode: 'train' });
      expect(shown.map(({ path, port, shape }) => [path, port, shape])).toEqual([
        ['drop', 'output', [2, 48]],
        ['conv', 'output', [2, 4, 4, 3]],
      ]);
      expect(shown.map(({ values }) => values.length)).toEqual([96, 96]);
      expect(await runner.memory()).toEqual(memory);
      await expect(runner.peek(['nowhere'], indices, { part: 'train', mode: 'evaluate' })).rejects.toThrow('nowhere');
      await runner.close();
    });

    it('is reconfigured while it is open', async () => {
      const runner = await open(bench);
      runner.reconfigure({ ratioEvery: 0 });
      const never = await runner.submit(tinySteps(0, 2), calm);
      runner.reconfigure({ ratioEvery: 1 });
      const always = await runner.submit(tinySteps(2, 2), calm);
      runner.reconfigure({ telemetry: false });
      const silent = await runner.submit(tinySteps(4, 2), calm);
      expect([...never.columns.updateRatios].every(Number.isNaN)).toBe(true);
      expect([...always.columns.updateRatios].every(Number.isFinite)).toBe(true);
      expect([...silent.columns.gradientNorms, ...silent.columns.updateRatios].every(Number.isNaN)).toBe(true);
      expect(scalar(silent.columns, 'loss').every(Number.isFinite)).toBe(true);
      await runner.close();
    });

    it('goes on from a checkpoint as if it had never stopped', async () => {
      const whole = await open(bench);
      const expected = await losses(whole, [tinySteps(0, 12)]);
      const before = await open(bench);
      await before.submit(tinySteps(0, 7), calm);
      await saveState(before, file('resume'), { step: '7' });
      await before.close();
      const after = await open(bench);
      const { metadata, missing, unused, loaded } = await after.load(file('resume'), { partial: false });
      expect({ metadata, missing, unused }).toEqual({ metadata: { step: '7' }, missing: [], unused: [] });
      expect(loaded).toContain('weights/norm/movingVariance');
      expect(loaded).toContain('slots/scores/kernel/square');
      expect(await losses(after, [tinySteps(7, 5)])).toEqual(expected.slice(7));
      await Promise.all([whole.close(), after.close()]);
    });

    it('refuses a checkpoint of another design and changes nothing, or takes the part that fits', async () => {
      const wider = classifierLayers.map((layer) =>
        layer.id === 'scores' ? { id: 'grades', layer: 'Dense', params: { units: 3 } } : layer,
      );
      const other = await open(bench, classifier({ layers: wider }));
      await other.submit(tinySteps(0, 3), calm);
      await saveState(other, file('other'));
      const runner = await open(bench);
      const fresh = await open(bench);
      await expect(runner.load(file('other'), { partial: false })).rejects.toThrow(
        /other is a checkpoint of another design: it lacks weights\/scores\/kernel \[48, 3\]/,
      );
      const found = await runner.load(file('other'), { partial: true });
      expect(found.loaded).toContain('weights/conv/kernel');
      expect(found.missing).toContain('weights/scores/kernel');
      expect(found.unused).toContain('weights/grades/kernel');
      await saveState(runner, file('mixed'));
      await saveState(fresh, file('fresh'));
      const [mixed, start, donor] = [tensors(file('mixed')), tensors(file('fresh')), tensors(file('other'))];
      expect(mixed['weights/conv/kernel']).toEqual(donor['weights/conv/kernel']);
      expect(mixed['weights/conv/kernel']).not.toEqual(start['weights/conv/kernel']);
      expect(mixed['weights/scores/kernel']).toEqual(start['weights/scores/kernel']);
      await Promise.all([other.close(), runner.close(), fresh.close()]);
    });

    it('says which tensor differs when only a shape does', async () => {
      const wider = classifierLayers.map((layer) =>
        layer.id === 'conv' ? { ...layer, params: { filters: 5 } } : layer,
      );
      const other = await open(bench, classifier({ layers: wider }));
      await saveState(other, file('wider'));
      const runner = await open(bench);
      await expect(runner.load(file('wider'), { partial: false })).rejects.toThrow(
        'weights/conv/kernel is F32 [3, 3, 1, 5] there and F32 [3, 3, 1, 3] in this design',
      );
      await Promise.all([other.close(), runner.close()]);
    });

    it('holds no more after fifty steps than after five, and nothing once it is closed', async () => {
      const runner = await open(bench);
      await runner.submit(tinySteps(0, 5), calm);
      await runner.evaluate(everySample(), { part: 'train', full: true }, calm);
      const early = await runner.memory();
      await runner.submit(tinySteps(5, 45), calm);
      await runner.evaluate(everySample(), { part: 'train', full: true }, calm);
      expect(await runner.memory()).toEqual(early);
      expect(early.tensors).toBeGreaterThan(0);
      await runner.close();
      await runner.close();
      expect(await runner.memory()).toEqual({ tensors: 0, bytes: 0 });
      await expect(saveState(runner, file('late'))).rejects.toThrow('closed');
    });

    it('lets the event loop turn between steps', async () => {
      const runner = await open(bench);
      let turns = 0;
      let running = true;
      const turn = (): void => {
        turns += 1;
        if (running) setImmediate(turn);
      };
      turn();
      await runner.submit(tinySteps(0, 10), calm);
      running = false;
      expect(turns).toBeGreaterThanOrEqual(10);
      await runner.close();
    });
  });
}

function tensors(path: string): Record<string, number[]> {
  const { tensors: stored } = readSafetensors(diskFiles, path);
  return Object.fromEntries([...stored].map(([name, { data }]) => [name, [...data].map(Number)]));
}
