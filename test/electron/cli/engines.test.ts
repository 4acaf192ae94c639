/** `netloom engines` and `train --engine`: what each machine is told, in text and in JSON. */
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../../../electron/cli/context';
import { styleOf } from '../../../electron/cli/display/style';
import { runProgram } from '../../../electron/cli/program';
import { assets } from '../../drivers/commandLine';
import { fakeTrainers, type PretendEngine } from '../../drivers/fakeTrainer';
import { recordingTerminal } from '../../drivers/recordingTerminal';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { h200, missing, noDriver, otherCards, torchWithoutCuda, wasm } from '../services/engines/machines';

let home = '';
beforeEach(() => {
  home = temporaryHome();
  for (const name of ['NETLOOM_PYTHON', 'VIRTUAL_ENV', 'CONDA_PREFIX']) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

interface Ran {
  code: number;
  output: string;
  errors: string;
  json: () => Record<string, unknown>[];
}

async function netloom(words: string[], engines: Record<string, PretendEngine> = { wasm }): Promise<Ran> {
  const terminal = recordingTerminal({ columns: 300 });
  const context = {
    ...{ home, spawn: fakeTrainers(engines).spawn, terminal, style: styleOf(false) },
    places: { home, folder: home, assets, mirror: null },
    onInterrupt: () => () => undefined,
  } as unknown as Context;
  const code = await runProgram(words, context, assets);
  const output = terminal.output();
  const json = (): Record<string, unknown>[] =>
    output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
  return { code, output, errors: terminal.errors(), json };
}

describe('netloom engines', () => {
  it('says of a card everything that decides whether a library can use it', async () => {
    const { code, output } = await netloom(['engines'], { wasm, pytorch: h200 });
    expect(code).toBe(0);
    expect(output).toContain(
      '● ready  pytorch\n' +
        '    NVIDIA H200 · driver 580.65.06 · CUDA 13.0 · compute capability 9.0, built for sm_80 sm_90 · ' +
        '140.7 GB of 150.3 GB free\n' +
        '    torch 2.14.1+cu130 · python 3.12.3 · 256×256 matrix product in 0.12 ms\n',
    );
    expect(output.indexOf('wasm')).toBeLessThan(output.indexOf('pytorch'));
    expect(output).toMatch(/○ not available {2}verify\n.*\n {4}It is not installed\.\n {4}Install it: npx netloom/);
  });

  it.each([
    [
      'without a driver',
      noDriver,
      "There is no NVIDIA driver. Install it from your system's packages, then check again.",
    ],
    ['with a library without CUDA', torchWithoutCuda, 'Repair it: npx netloom engines repair pytorch --yes'],
    ['with a library for other cards', otherCards, 'is older than what this PyTorch was built for'],
  ])('says on a machine %s why the GPU is not used, and what to do', async (_, engine, sentence) => {
    const { output } = await netloom(['engines'], { pytorch: engine });
    expect(output).toContain('● ready  pytorch\n    CPU (8 threads)');
    expect(output).toContain(sentence);
  });

  it('names what is not installed with the command that installs it, and what died with its reason', async () => {
    const { output } = await netloom(['engines'], { wasm, tensorflow: { loading: 'dies' }, pytorch: missing });
    expect(output).toMatch(/○ not available {2}pytorch\n.*\n? {4}PyTorch is not installed\.\n {4}Install it: npx/);
    expect(output).toMatch(/tensorflow\n[^●]*Trying it broke off: The training process ended: signal SIGSEGV\./);
  });

  it('tells scripts the same, one entry an engine and one an environment', async () => {
    const [report] = (await netloom(['engines', '--json'], { wasm, pytorch: otherCards })).json();
    expect(report?.engines).toMatchObject([
      { id: 'wasm', available: true, state: 'ready', accelerated: false, environment: null },
      { id: 'pytorch', computeCapability: '6.1', builtFor: ['sm_80', 'sm_90'], memory: null, seconds: 0.001 },
    ]);
    expect(report?.environments).toContainEqual(
      expect.objectContaining({ id: 'verify', state: 'missing', command: 'npx netloom engines install verify --yes' }),
    );
  });

  it('never shows pretend training', async () => {
    expect((await netloom(['engines'], { wasm, fake: {} })).output).not.toContain('fake');
  });
});

describe('netloom engines diagnostics', () => {
  it('are text to be copied, without the home folder', async () => {
    const { code, output } = await netloom(['engines', 'diagnostics'], { wasm, pytorch: h200 });
    expect(code).toBe(0);
    expect(output).toMatch(/^Netloom's engines, /);
    for (const part of ['System', 'Program', 'Graphics', 'Engine wasm', 'Engine pytorch', 'Environment verify'])
      expect(output).toContain(`\n${part}\n`);
    expect(output).not.toContain(`${homedir()}/`);
  });
});

describe('netloom train --engine', () => {
  const at = (stepMilliseconds: number): PretendEngine => ({ faults: { stepMilliseconds } });
  const train = (words: string[], engines: Record<string, PretendEngine>): Promise<Ran> => {
    const file = join(home, 'small.netloom');
    writeFileSync(file, JSON.stringify(smallDesign({ epochs: 1, batchSize: 300 })));
    return netloom(['train', file, ...words], engines);
  };

  it('auto measures, says in one line what it chose, and trains with it', async () => {
    const { code, output } = await train(['--engine', 'auto'], { wasm: at(15), pytorch: at(1) });
    expect(code).toBe(0);
    expect(output).toMatch(/^auto: pytorch, [\d.]+ ms a step; wasm [\d.]+ ms\n/);
    expect(output).toMatch(/\nrun \S+ on pytorch: 1 epochs/);
    const again = await train(['--engine', 'auto', '--json'], { wasm: at(15), pytorch: at(1) });
    expect(again.json()).toContainEqual(
      expect.objectContaining({
        event: 'choice',
        engine: 'pytorch',
        remembered: true,
        trials: expect.any(Array) as [],
      }),
    );
    expect(again.json().filter(({ event }) => event === 'trial')).toEqual([]);
  });

  it('takes the engine that is named without measuring anything', async () => {
    const { output } = await train(['--engine', 'wasm'], { wasm: at(0), pytorch: at(0) });
    expect(output).not.toContain('auto');
    expect(output).toMatch(/^run \S+ on wasm/);
  });

  it('says of an engine that is not there what would help, 3; of one that nobody knows, 2', async () => {
    const away = await train(['--engine', 'pytorch'], { wasm, pytorch: missing });
    expect([away.code, away.errors]).toEqual([3, expect.stringMatching(/pytorch.*not installed\. Install it: npx/s)]);
    expect((await train(['--engine', 'cuda'], { wasm })).code).toBe(2);
  });
});
