/**
 * Every sample design trains on TensorFlow as on WebAssembly: from the same state the same gradients and losses, checkpoints
 * that mean the same on both to the bit, and the same bits in every run.
 */
import { saveState } from '../../../electron/trainer/engines/checkpoint';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors } from '../../../electron/files/safetensors';
import { standardControls, type Runner, type Step, type StepGradients } from '../../../electron/trainer/engines/engine';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';
import { loadEngine, type AvailableEngine } from '../../../electron/trainer/engines/engines';
import type { CheckedProgram } from '../../../shared/ir/program';
import { useTensorflow } from '../../drivers/tensorflow';
import { madeUpSamples, sampleNames, sampleProgram } from '../runner/sampleDesigns';
import { distance } from './distance';

useTensorflow();
const folder = mkdtempSync(join(tmpdir(), 'netloom-tensorflow-'));
afterAll(() => rmSync(folder, { recursive: true }));

const count = 5;
const batch = 16;
const allowed = 1e-3;
const calm = { aborted: false };

const steps: readonly Step[] = Array.from({ length: count }, (_, index) => ({
  index,
  microBatches: [Uint32Array.from({ length: batch }, (_unused, at) => (index * batch + at) % 64)],
  controls: Float32Array.of(0.01, 1, index + 1),
}));

async function open(engine: AvailableEngine, program: CheckedProgram): Promise<Runner> {
  const options = { data: madeUpSamples(program, 64), controls: standardControls, ratioEvery: 1, telemetry: true };
  return (await loadEngine(engine)).open(program, options);
}

interface Taken {
  gradients: StepGradients[];
  losses: number[];
  norms: number[][];
}

/** Takes each step from the state of a file, and leaves the state before each step in files where it is the first to go. */
async function follow(engine: AvailableEngine, program: CheckedProgram, file: (at: number) => string, leads: boolean) {
  const runner = await open(engine, program);
  const taken: Taken = { gradients: [], losses: [], norms: [] };
  for (const step of steps) {
    if (leads) await saveState(runner, file(step.index));
    else await runner.load(file(step.index), { partial: false });
    taken.gradients.push(await runner.gradients(step));
    const { columns, reason } = await runner.submit([step], calm);
    expect(reason).toBeUndefined();
    taken.losses.push(columns.scalars[columns.scalarNames.indexOf('loss')] ?? NaN);
    taken.norms.push([...columns.gradientNorms]);
  }
  if (leads) await saveState(runner, file(count));
  await runner.close();
  return taken;
}

/** Each weight's gradient beside a floor from all of them: the true gradient of some is zero. */
function farGradients(a: StepGradients, b: StepGradients): string[] {
  const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const all = Math.sqrt([...b.gradients.values()].reduce((sum, values) => sum + norm(values) ** 2, 0));
  expect([...a.gradients.keys()]).toEqual([...b.gradients.keys()]);
  return [...b.gradients].flatMap(([key, values]) => {
    const off = distance(a.gradients.get(key) ?? [], values, 1e-2 * all);
    return off <= allowed ? [] : [`${key}: ${off}`];
  });
}

/** What a test that failed before may have left. */
async function heldElsewhere(): Promise<{ tensors: number; bytes: number }> {
  const { numTensors, numBytes } = (await loadBackend('tensorflow')).memory();
  return { tensors: numTensors, bytes: numBytes };
}

/** A checksum of each tensor's bytes: equal where they are equal to the bit. */
function bits(file: string): Record<string, string> {
  const { tensors } = readSafetensors(diskFiles, file);
  const sum = (data: ArrayBufferView): string =>
    createHash('sha256')
      .update(Buffer.from(data.buffer, data.byteOffset, data.byteLength))
      .digest('hex');
  return Object.fromEntries([...tensors].map(([name, { data }]) => [name, sum(data)]));
}

describe.each(sampleNames)('%s', (name) => {
  const program = sampleProgram(name);
  const file = (at: number): string => join(folder, `${name}-${at}`);

  it(`has the gradients, norms and losses of wasm at each of ${count} steps`, async () => {
    const ours = await follow('wasm', program, file, true);
    const theirs = await follow('tensorflow', program, file, false);
    const far = ours.gradients.flatMap((gradients, at) => farGradients(theirs.gradients[at]!, gradients));
    expect(far).toEqual([]);
    ours.losses.forEach((loss, at) => expect(theirs.losses[at]! / loss).toBeCloseTo(1, 4));
    ours.norms.forEach((norms, at) => expect(distance(theirs.norms[at]!, norms), 'norms').toBeLessThanOrEqual(allowed));
  });

  it('takes a checkpoint of wasm and gives it back to the bit, and so the other way', async () => {
    let from = file(count);
    for (const engine of ['tensorflow', 'wasm', 'tensorflow'] as const) {
      const runner = await open(engine, program);
      expect(await runner.load(from, { partial: false })).toMatchObject({ missing: [], unused: [] });
      from = join(folder, `${name}-through-${engine}`);
      await saveState(runner, from);
      await runner.close();
      expect(bits(from)).toEqual(bits(file(count)));
    }
  });

  it('gives equal bits in two runs, and the steps change the weights', async () => {
    const ends: Record<string, string>[] = [];
    for (const run of ['one', 'two']) {
      const before = await heldElsewhere();
      const runner = await open('tensorflow', program);
      await saveState(runner, join(folder, 'before'));
      await runner.submit(steps, calm);
      await saveState(runner, join(folder, run));
      await runner.close();
      expect(await runner.memory(), 'nothing is left').toEqual(before);
      ends.push(bits(join(folder, run)));
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[0]).not.toEqual(bits(join(folder, 'before')));
  });
});
