/** Random designs train: a step on the embedded engine, kept in files, goes on in a program read from a file as if it were one. */
import { saveState } from '../../../electron/trainer/engines/checkpoint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { standardControls, type Runner, type Step } from '../../../electron/trainer/engines/engine';
import { loadEngine } from '../../../electron/trainer/engines/engines';
import { compile } from '../../../shared/compile';
import { parseDesign } from '../../../shared/design/parseDesign';
import type { Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import { flatten } from '../../../shared/ir/flatten';
import type { CheckedProgram } from '../../../shared/ir/program';
import { library } from '../../../shared/library';
import { madeUpSamples } from '../../contract/runner/sampleDesigns';
import { randomDesign } from '../../generators/randomDesign';

const folder = mkdtempSync(join(tmpdir(), 'netloom-random-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'checkpoint.safetensors');
const calm = { aborted: false };
const designs = process.env.NETLOOM_LONG ? 2000 : 150;

function programOf(design: Design, data: DataInfo): CheckedProgram {
  const { program, diagnostics } = compile(design, library, { data });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

function reread(design: Design): Design {
  const parsed = parseDesign(serialiseDesign(design), 'random.netloom');
  if (!('design' in parsed)) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.design;
}

async function open(program: CheckedProgram): Promise<Runner> {
  const data = madeUpSamples(program, 32);
  const options = { data, controls: standardControls, ratioEvery: 1, telemetry: true };
  return (await loadEngine('wasm')).open(program, options);
}

/** Small steps: drawn at random, some nets have slopes that a usual rate would not survive. */
function step(index: number): Step {
  const sizes = [3, 2];
  const microBatches = sizes.map((size) => Uint32Array.from({ length: size }, (_, at) => (index * 5 + at) % 32));
  return { index, microBatches, controls: Float32Array.of(1e-4, 1, index + 1) };
}

async function trainOn(runner: Runner, index: number): Promise<number[]> {
  const { columns, reason } = await runner.submit([step(index)], calm);
  expect(reason).toBeUndefined();
  expect(columns.scalars.every(Number.isFinite)).toBe(true);
  return [...columns.scalars, ...columns.gradientNorms, ...columns.updateRatios];
}

describe('random designs', () => {
  it('train a step, are kept and go on to the bit, with every layer among them', async () => {
    const seen = new Set<string>();
    const trains = async ({ design, data }: { design: Design; data: DataInfo }): Promise<void> => {
      const program = programOf(design, data);
      for (const { layer } of flatten(program)) seen.add(layer.definition.type);
      const runner = await open(program);
      await trainOn(runner, 0);
      await saveState(runner, file, { after: '1' });
      const expected = await trainOn(runner, 1);
      await runner.close();
      const again = await open(programOf(reread(design), data));
      await again.load(file, { partial: false });
      expect(await trainOn(again, 1)).toEqual(expected);
      const indices = Uint32Array.of(0, 1, 2, 3, 4);
      const { heads } = await again.evaluate(indices, { part: 'validation', full: true }, calm);
      expect(heads.every(({ lossSum }) => Number.isFinite(lossSum))).toBe(true);
      await again.close();
      expect(await again.memory()).toEqual({ tensors: 0, bytes: 0 });
    };
    await fc.assert(fc.asyncProperty(randomDesign(), trains), { seed: 20, numRuns: designs });
    expect([...seen].sort()).toEqual(library.layers.list.map(({ type }) => type).sort());
  }, 600_000);
});
