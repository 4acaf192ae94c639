/**
 * Every engine computes what float64 PyTorch computes: at each of 20 steps it starts from the reference's state, so that no
 * rounding is handed on, and every gradient is compared by its norm.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { engineIds, loadEngine, type AvailableEngine } from '../../../electron/trainer/engines/engines';
import type { Engine } from '../../../electron/trainer/engines/engine';
import { canTrain } from '../../../electron/services/export/verifyReference';
import { testPython } from '../../drivers/testPython';
import { warmEngine } from '../../drivers/warmEngine';
import { fidelityCases } from '../../electron/services/export/fidelityCases';
import { followReference, type Distances } from './followReference';
import { freelyOff } from './freelyOff';
import { computeReferences, steps, type Reference } from './reference';

/** It is opened once a reference. */
const warm = warmEngine('threads=1');
afterAll(async () => (await warm).stop());
process.env.NETLOOM_PYTHON = testPython();
const root = mkdtempSync(join(tmpdir(), 'netloom-engines-'));
afterAll(() => rmSync(root, { recursive: true }));
const patience = 1_800_000;
/** All of them take long; otherwise every sample, and every sixteenth of the examples. */
const long = process.env.NETLOOM_LONG === '1';
let references: Reference[] = [];

/** The kink of a ReLU may fall between two roundings, so one step of twenty may be further off than the others. */
function problemsOf(name: string, { gradients, losses }: Distances): string[] {
  const far = [...gradients].flatMap(([weight, distances]) => {
    const sorted = [...distances].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
    const ok = at(0.5) <= 2e-4 && at(0.95) <= 1e-3 && at(1) <= 2e-2;
    return ok ? [] : [`${name}, ${weight}: median ${at(0.5)}, 19 of 20 ${at(0.95)}, all ${at(1)}`];
  });
  const worst = Math.max(...losses);
  return worst <= 1e-4 ? far : [...far, `${name}: a loss is off by ${worst}`];
}

describe('at every step from the state of the reference', () => {
  it(
    'float64 PyTorch learns',
    async () => {
      const cases = (await fidelityCases()).filter(({ verification }) => canTrain(verification.program));
      const chosen = cases.filter(({ group }, at) => long || group === 'design' || at % 16 === 0);
      references = computeReferences(chosen, root);
      for (const { name, steps: taken } of references) {
        expect(taken).toHaveLength(steps);
        expect([name, taken.every(({ loss }) => Number.isFinite(loss))]).toEqual([name, true]);
      }
    },
    patience,
  );

  it.each<AvailableEngine>(engineIds.filter((id) => id !== 'fake'))(
    '%s has its gradients, and left to itself learns as PyTorch does with other kernels',
    async (id) => {
      const engine = id === 'pytorch' ? (await warm).engine : await loadEngine(id);
      const problems: string[] = [];
      let compared = 0;
      for (const reference of references) {
        const distances = await followReference(engine, reference, root);
        problems.push(
          ...problemsOf(reference.name, distances),
          ...freelyOff(reference.name, reference, distances.free),
        );
        expect(distances.free).toHaveLength(steps);
        // What is not within rounding is found out.
        const off = [...distances.free.slice(0, 2), (distances.free[2] ?? NaN) * 1.02 + 0.01];
        expect(freelyOff('', reference, off)).toHaveLength(1);
        compared += distances.gradients.size * distances.losses.length;
      }
      expect(problems).toEqual([]);
      expect(references.length).toBeGreaterThan(15);
      expect(compared).toBeGreaterThan(references.length * steps);
    },
    patience,
  );

  it(
    'an engine that is off by two thousandths in one weight is found out',
    async () => {
      const engine = await loadEngine('wasm');
      const [reference] = references.filter(({ name }) => name === 'xor-mlp');
      if (!reference) throw new Error('xor-mlp is not among the cases');
      const distances = await followReference(withFault(engine, 1.002), reference, root);
      expect(problemsOf('xor', distances)).not.toEqual([]);
      expect(problemsOf('xor', await followReference(withFault(engine, 1), reference, root))).toEqual([]);
    },
    patience,
  );
});

/** The first weight's gradient comes out too large. */
function withFault(engine: Engine, factor: number): Engine {
  return {
    ...engine,
    open: async (program, options) => {
      const runner = await engine.open(program, options);
      const gradients = runner.gradients.bind(runner);
      runner.gradients = async (step) => {
        const { loss, gradients: found } = await gradients(step);
        const faulty = [...found].map(([key, values], at): [string, Float32Array] => [
          key,
          at === 0 ? values.map((value) => value * factor) : values,
        ]);
        return { loss, gradients: new Map(faulty) };
      };
      return runner;
    },
  };
}
