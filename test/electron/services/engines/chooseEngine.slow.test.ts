/** `auto`: the fastest of several engines of known speed, for this design, without waiting for any; and remembered. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { designOf } from '../../../../electron/services/designs/openDesign';
import { chooseEngine, choiceSentence, type ChooseOptions } from '../../../../electron/services/engines/chooseEngine';
import { forgetChoices, recallChoice, rememberChoice } from '../../../../electron/services/engines/rememberedChoices';
import { designKey } from '../../../../electron/services/engines/speedKey';
import { assets } from '../../../drivers/commandLine';
import { fakeTrainers, notInstalled, type PretendEngine } from '../../../drivers/fakeTrainer';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import type { Design } from '../../../../shared/design/schema';

const design = designOf(smallDesign(), 'a design');

async function story(engines: Record<string, PretendEngine>, more: Partial<ChooseOptions> = {}) {
  const home = more.home ?? temporaryHome();
  const data = await prepareHere({ source: 'spirals' }, { home, folder: home, assets, mirror: null });
  const trainers = fakeTrainers(engines);
  const options: ChooseOptions = {
    ...{ home, spawn: trainers.spawn, design, data, engines: Object.keys(engines) },
    limits: { seconds: 0.15 },
    ...more,
  };
  return { ...trainers, home, options, choose: () => chooseEngine(options) };
}

const at = (stepMilliseconds: number): PretendEngine => ({ faults: { stepMilliseconds } });

describe('auto', () => {
  it('takes the fastest, says how fast each is, and leaves no process behind', async () => {
    const { choose, living } = await story({ wasm: at(25), tensorflow: at(12), pytorch: at(2) });
    const choice = await choose();
    expect(choice).toMatchObject({ engine: 'pytorch', remembered: false });
    const [wasm, tensorflow, pytorch] = choice.trials.map(({ milliseconds }) => milliseconds ?? NaN);
    expect(choice.trials.map(({ engine }) => engine)).toEqual(['wasm', 'tensorflow', 'pytorch']);
    // No timer ends early, and another engine's steps are no part of one's own.
    expect(pytorch).toBeGreaterThanOrEqual(1.8);
    expect(tensorflow).toBeGreaterThanOrEqual(11.8);
    expect(wasm).toBeGreaterThanOrEqual(24.8);
    await vi.waitFor(() => expect(living()).toBe(0));
  });

  it('is not always the same: the default is the fastest where it is', async () => {
    expect(await (await story({ wasm: at(2), pytorch: at(20) })).choose()).toMatchObject({ engine: 'wasm' });
  });

  it('does not measure the only engine that works', async () => {
    const { choose, asked } = await story({ wasm: at(500), pytorch: { probe: notInstalled } });
    const choice = await choose();
    expect(choice.engine).toBe('wasm');
    expect(asked).toEqual(['warm pytorch', 'warm wasm']);
    expect(choice.trials[1]?.problem).toContain('PyTorch is not installed. Install it: npx netloom');
    expect(choiceSentence(choice)).toBe('auto: wasm, the only engine that works here');
  });

  it('goes on without an engine that dies, that never loads, or that has no room for a step', async () => {
    const { choose, living } = await story(
      {
        wasm: at(1),
        dying: { loading: 'dies' },
        hanging: { loading: 'hangs' },
        small: { faults: { outOfMemoryAt: 0 } },
      },
      { limits: { openMilliseconds: 2000, seconds: 0.05 } },
    );
    const choice = await choose();
    expect(choice.engine).toBe('wasm');
    expect(choice.trials.map(({ problem }) => problem)).toEqual([
      null,
      'The training process ended: signal SIGSEGV.',
      'It did not answer within 2 s.',
      'One step needs more memory than there is. A batch of 16 is likely to fit.',
    ]);
    await vi.waitFor(() => expect(living()).toBe(0));
  });

  it('gives up an engine whose steps take too long, and prefers a GPU where no step ended in time', async () => {
    const slow = { faults: { stepMilliseconds: 60_000 } };
    const limits = { stepMilliseconds: 3000 };
    const one = await (await story({ wasm: at(2), pytorch: slow }, { limits: { ...limits, seconds: 0.05 } })).choose();
    expect(one).toMatchObject({
      engine: 'wasm',
      trials: [{ problem: null }, { problem: expect.any(String) as string }],
    });
    const gpu = { ...slow, probe: { accelerated: true, device: 'H200' } };
    const none = await (await story({ wasm: slow, tensorflow: slow, pytorch: gpu }, { limits })).choose();
    expect(choiceSentence(none)).toBe('auto: pytorch, no engine finished a step in time');
    const neither = await (await story({ wasm: slow, pytorch: slow }, { limits })).choose();
    expect(neither.engine).toBe('wasm');
  });

  it('says why, where none works', async () => {
    const { choose } = await story({ pytorch: { probe: notInstalled } });
    await expect(choose()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringMatching(/No engine can train this design here\. pytorch: .*not installed/) as string,
    });
  });

  it('stops at once when it is told to', async () => {
    const controller = new AbortController();
    const { options, living } = await story({ wasm: at(5000), pytorch: at(5000) }, { signal: controller.signal });
    const choosing = chooseEngine({ ...options, onTrial: () => void setTimeout(() => controller.abort(), 50) });
    await expect(choosing).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(living()).toBe(0));
  });

  it('is told which engine is being tried', async () => {
    const { options } = await story({ wasm: at(1), pytorch: at(1) });
    const tried: string[] = [];
    await chooseEngine({ ...options, onTrial: (engine) => tried.push(engine) });
    expect(tried).toEqual(['pytorch', 'wasm']);
  });
});

describe('a decision', () => {
  const twoEngines = { wasm: at(1), pytorch: at(8) };

  it('is remembered for the design and its data, and measured again when told to', async () => {
    const { options, asked } = await story(twoEngines);
    const first = await chooseEngine(options);
    const times = asked.length;
    const second = await chooseEngine(options);
    expect(second).toEqual({ ...first, remembered: true });
    expect(asked.length).toBe(times);
    expect(choiceSentence(second)).toMatch(/^auto: wasm, .*; pytorch .* \(as measured before\)$/);
    forgetChoices(options.home);
    expect(await chooseEngine(options)).toMatchObject({ remembered: false });
    expect(asked.length).toBe(2 * times);
  });

  it('is another one for other layers, other data, other engines, another Python', async () => {
    const { options } = await story(twoEngines);
    await chooseEngine(options);
    const wider = designOf(smallDesign({}, 2), 'another');
    for (const changed of [
      { design: wider },
      { data: { ...options.data, hash: 'another' }, limits: { openMilliseconds: 1 } },
      { engines: ['wasm'] },
    ]) {
      const asking = chooseEngine({ ...options, ...changed });
      await asking.then(
        ({ remembered }) => expect(remembered).toBe(false),
        (error: unknown) => expect(error).toMatchObject({ code: 'engine-unavailable' }),
      );
    }
    await chooseEngine(options);
    vi.stubEnv('NETLOOM_PYTHON', '/another/python');
    expect((await chooseEngine(options)).remembered).toBe(false);
    vi.unstubAllEnvs();
  });

  it('is not kept where something may have been in the way that passes', async () => {
    const { options } = await story({ wasm: at(1), pytorch: { loading: 'dies' } });
    await chooseEngine(options);
    expect((await chooseEngine(options)).remembered).toBe(false);
  });

  it('does not depend on looks, names or how long the design is to train', () => {
    const change = (patch: (copy: Design) => void): string => {
      const copy = JSON.parse(JSON.stringify(design)) as Design;
      patch(copy);
      return designKey(copy, 'data');
    };
    const key = designKey(design, 'data');
    const same = [
      change((copy) => (copy.name = 'another')),
      change((copy) => copy.nodes.forEach((node, place) => (node.position = [place, 7]))),
      change((copy) => copy.nodes.forEach((node) => (node.note = 'n'))),
      change((copy) => (copy.training = { ...copy.training, epochs: 99, seed: 3 })),
    ];
    expect(same).toEqual(same.map(() => key));
    const others = [
      change((copy) => (copy.training = { ...copy.training, batchSize: 7 })),
      change((copy) => (copy.training = { ...copy.training, optimizer: 'sgd' })),
      change((copy) => void (copy.nodes[1]!.params['units'] = 9)),
      change((copy) => void copy.wires.pop()),
      designKey(design, 'other data'),
    ];
    expect(new Set([key, ...others]).size).toBe(1 + others.length);
  });

  it('is forgotten after a week, survives damage to its file, and never grows without end', () => {
    const home = temporaryHome();
    const name = { design: 'd', engines: 'e' };
    const choice = { engine: 'wasm', trials: [] };
    const day = 24 * 3600 * 1000;
    rememberChoice(home, name, choice, 0);
    expect(recallChoice(home, name, 6 * day)).toMatchObject(choice);
    expect(recallChoice(home, name, 8 * day)).toBeNull();
    expect(recallChoice(home, { ...name, engines: 'f' }, 0)).toBeNull();
    const file = join(home, 'cache', 'engineChoices.json');
    writeFileSync(file, '{"choices": [');
    expect(recallChoice(home, name, 0)).toBeNull();
    const many = Array.from({ length: 310 }, (_, place) => ({
      ...{ design: `d${place}`, engines: 'e', made: new Date(0).toISOString(), ...choice },
    }));
    writeFileSync(file, JSON.stringify({ choices: many }));
    rememberChoice(home, { design: 'new', engines: 'e' }, choice, 0);
    expect((JSON.parse(readFileSync(file, 'utf8')) as { choices: unknown[] }).choices).toHaveLength(300);
    expect(recallChoice(home, { design: 'new', engines: 'e' }, 0)).toMatchObject(choice);
  });
});

describe('the sentence', () => {
  const trial = (engine: string, milliseconds: number | null) => ({
    engine,
    milliseconds,
    device: null,
    problem: null,
  });

  it('names the chosen first, then the others from fast to slow, in units that people read', () => {
    const trials = [trial('wasm', 22.4), trial('tensorflow', 1312), trial('pytorch', 4.14)];
    expect(choiceSentence({ engine: 'pytorch', trials, remembered: false })).toBe(
      'auto: pytorch, 4.1 ms a step; wasm 22 ms; tensorflow 1.3 s',
    );
    expect(choiceSentence({ engine: 'wasm', trials: [trial('wasm', 0.123)], remembered: false })).toBe(
      'auto: wasm, 0.12 ms a step',
    );
  });
});
