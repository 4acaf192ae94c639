/** The fake engine's faults: what everything above an engine is tested with has to happen when it is asked for. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../../../electron/trainer/engines/fake/fakeEngine';
import { faultsFromEnvironment } from '../../../../electron/trainer/engines/fake/faults';
import { isEngineId, loadEngine } from '../../../../electron/trainer/engines/engines';
import { classifier, openOptions, tinySteps } from '../../../contract/runner/tinyDesigns';

const calm = { aborted: false };
afterEach(() => vi.unstubAllEnvs());

describe('the fake engine', () => {
  it('runs out of memory at the step it is told to, and names half the batch', async () => {
    const runner = await createFakeEngine({ outOfMemoryAt: 2 }).open(classifier(), openOptions());
    const done = await runner.submit(tinySteps(0, 5), calm);
    expect(done).toMatchObject({ stoppedAt: 2, reason: 'out of memory', largestBatch: 4, columns: { steps: 2 } });
  });

  it('takes its time when told to, and hears a signal meanwhile', async () => {
    const runner = await createFakeEngine({ stepMilliseconds: 5 }).open(classifier(), openOptions());
    const signal = { aborted: false };
    const running = runner.submit(tinySteps(0, 1000), signal);
    setTimeout(() => (signal.aborted = true), 20);
    const { columns, reason } = await running;
    expect(reason).toBe('aborted');
    expect(columns.steps).toBeLessThan(10);
  });

  it('reads its faults from the environment, and says what is wrong with them', async () => {
    expect(faultsFromEnvironment()).toEqual({});
    vi.stubEnv('NETLOOM_FAKE_FAULTS', '{"notFiniteAt": 1}');
    const runner = await (await loadEngine('fake')).open(classifier(), openOptions());
    expect(await runner.submit(tinySteps(0, 3), calm)).toMatchObject({ stoppedAt: 1, reason: 'not finite' });
    vi.stubEnv('NETLOOM_FAKE_FAULTS', 'at step 3');
    expect(faultsFromEnvironment).toThrow('NETLOOM_FAKE_FAULTS must hold JSON such as {"notFiniteAt": 12}');
  });

  it('dies in the middle of a step as a driver may', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-crash-'));
    const script = join(folder, 'crash.mts');
    const faults = join(__dirname, '../../../../electron/trainer/engines/fake/faults.ts');
    writeFileSync(script, `import { crash } from ${JSON.stringify(faults)};\ncrash();\n`);
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], stdio: 'ignore' });
    const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
    rmSync(folder, { recursive: true });
    expect(signal).toBe('SIGKILL');
  });
});

describe('the list of engines', () => {
  it('is closed', () => {
    expect(['wasm', 'fake', 'toString', 'cuda'].map(isEngineId)).toEqual([true, true, false, false]);
  });
});
