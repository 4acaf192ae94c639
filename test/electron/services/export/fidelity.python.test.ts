/** Every example of every layer, the hard cases, every sample and golden design: proved in one process a target. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { childTrainer } from '../../../../electron/services/training/childTrainer';
import { targets, type Target } from '../../../../shared/ir/emit/emission';
import { buildOnce } from '../../../drivers/buildOnce';
import { testPython } from '../../../drivers/testPython';
import { fidelityCases } from './fidelityCases';
import { fidelityPage } from './fidelityPage';
import { verifyCases, type CaseVerdict } from './verifyCases';

const root = mkdtempSync(join(tmpdir(), 'netloom-fidelity-'));
afterAll(() => rmSync(root, { recursive: true }));
const page = join(__dirname, '..', '..', '..', '..', 'docs', 'export-fidelity.md');
const found = new Map<Target, readonly CaseVerdict[]>();
const patience = 1_800_000;
/** All of them take about ten minutes; otherwise every eighth, and each is held in memory by `shared/codegen`. */
const long = process.env.NETLOOM_LONG === '1';

function problemsOf({ name, verified }: CaseVerdict): string[] {
  if (verified.ok) return [];
  const failed = verified.checks.filter(({ ok }) => !ok);
  const what = failed.map((check) => `${check.kind} ${JSON.stringify(check.failed[0])}`);
  return [`${name}: ${verified.error ?? what.join('; ')}`];
}

describe('exported to', () => {
  it.each<Target>([...targets])(
    `%s, ${long ? 'everything' : 'a share of everything'} computes what the engine computes`,
    async (target) => {
      const all = await fidelityCases();
      expect(all.length).toBeGreaterThan(100);
      const cases = all.filter((_, at) => long || at % 8 === 0);
      const verdicts = await verifyCases(cases, target, {
        root: join(root, target),
        python: testPython(),
        spawn: childTrainer(await buildOnce('trainer')),
        script: await buildOnce('runExported'),
      });
      found.set(target, verdicts);
      expect(verdicts.flatMap(problemsOf)).toEqual([]);
    },
    patience,
  );

  if (long) {
    it('each target, the page of all results is as committed', async () => {
      expect([...found.keys()]).toEqual([...targets]);
      await expect(fidelityPage(found)).toMatchFileSnapshot(page);
    });
  }
});
