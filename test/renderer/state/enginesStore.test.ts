/** The page on engines' memory: what was found, what an installation would do, how one goes on, whoever began it. */
import { describe, expect, it } from 'vitest';
import type { EngineStatus, InstallPlan } from '../../../shared/ipc/studio/engineSchemas';
import { missingPytorch, someEngine, someEnvironment } from '../engines/someEngine';
import { answered, fakeStudio, type FakeStudio } from '../fakeStudio';

const size = { download: 3e8, disk: 1e9, needed: 2e9 };
const plan: InstallPlan = {
  ...{ folder: '/home/me/engines/pytorch', python: 'Python 3.12.3 (/usr/bin/python3)', packages: ['torch==2.14.1'] },
  ...{ size, otherwise: null, free: 8e10, install: someEnvironment.install, repair: someEnvironment.repair },
};

interface Scene extends FakeStudio {
  found: EngineStatus[];
  state: () => ReturnType<FakeStudio['studio']['engines']['getState']>;
  pytorch: () => EngineStatus | undefined;
}

function scene(installing?: () => never): Scene {
  const found = [someEngine(), missingPytorch];
  const fake = fakeStudio({
    engines: () => ({ engines: found }),
    installPlan: () => plan,
    install: installing ?? (() => ({})),
    engineDiagnostics: () => ({ text: "Netloom's engines" }),
  });
  const state = (): ReturnType<Scene['state']> => fake.studio.engines.getState();
  return { ...fake, found, state, pytorch: () => state().engines?.find(({ name }) => name === 'pytorch') };
}

const progress = (done: number) =>
  ({ kind: 'progress', name: 'pytorch', progress: { step: 'downloading torch', done, total: 800 } }) as const;
const ended = (outcome: 'installed' | 'cancelled' | 'failed', message: string | null = null) =>
  ({ kind: 'ended', name: 'pytorch', outcome, code: message && 'disk-full', message }) as const;

describe('the engines of a window', () => {
  it('are asked for once at a time, and say that they are being tried', async () => {
    const { state, asked } = scene();
    const looking = state().look(false);
    void state().look(true);
    expect(state()).toMatchObject({ engines: null, trying: true });
    await looking;
    expect(state()).toMatchObject({ trying: false, problem: null });
    expect(asked('engines')).toEqual([{ fresh: false }]);
  });

  it('say why they could not be tried, until it works', async () => {
    let works = false;
    const fake = fakeStudio({
      engines: () => {
        if (works) return { engines: [] };
        throw new Error('The training process ended.');
      },
    });
    const { look } = fake.studio.engines.getState();
    await look(false);
    expect(fake.studio.engines.getState()).toMatchObject({ trying: false, problem: 'The training process ended.' });
    works = true;
    await look(true);
    expect(fake.studio.engines.getState()).toMatchObject({ problem: null, engines: [] });
  });
});

describe('a plan', () => {
  it('is shown before anything is done, and forgotten by who decides otherwise', async () => {
    const { state, asked } = scene();
    const asking = state().plan('pytorch', false);
    expect(state().plans['pytorch']).toEqual({ anew: false, plan: null, problem: null });
    await asking;
    expect(state().plans['pytorch']).toEqual({ anew: false, plan, problem: null });
    expect(asked('install')).toEqual([]);
    state().forgetPlan('pytorch');
    expect(state().plans).toEqual({});
  });

  it('that arrives after that stays away', async () => {
    const { state } = scene();
    const asking = state().plan('pytorch', true);
    state().forgetPlan('pytorch');
    await asking;
    expect(state().plans).toEqual({});
  });

  it('says what is in the way', async () => {
    const fake = fakeStudio({
      installPlan: () => {
        throw new Error('A Python to make an environment with was not found.');
      },
    });
    await fake.studio.engines.getState().plan('pytorch', false);
    expect(fake.studio.engines.getState().plans['pytorch']).toMatchObject({
      plan: null,
      problem: expect.stringContaining('Python') as string,
    });
  });
});

describe('an installation', () => {
  it('is begun by request, shown as it goes on, and followed by another look', async () => {
    const { state, asked, emit, found, pytorch } = scene();
    await state().look(false);
    await state().plan('pytorch', false);
    await state().install('pytorch', false);
    expect(asked('install')).toEqual([{ name: 'pytorch', anew: false }]);
    expect(state().plans).toEqual({});
    emit('installation', progress(200));
    expect(pytorch()).toMatchObject({ state: 'installing', installation: { done: 200, total: 800 } });
    expect(state().engines?.[0]).toEqual(someEngine());
    found[1] = { ...missingPytorch, state: 'ready' };
    emit('installation', ended('installed'));
    await answered();
    expect(pytorch()).toMatchObject({ state: 'ready', installation: null });
    expect(state().ended['pytorch']?.outcome).toBe('installed');
    expect(asked('engines')).toHaveLength(2);
  });

  it('that another window began is shown here too; before this one looked, it costs no look', async () => {
    const { state, asked, emit, pytorch } = scene();
    emit('installation', progress(1));
    emit('installation', ended('failed', 'The disk is full.'));
    await answered();
    expect(asked('engines')).toEqual([]);
    expect(state().engines).toBeNull();
    await state().look(false);
    emit('installation', progress(3));
    expect(pytorch()?.installation?.done).toBe(3);
  });

  it('that ends while the engines are being tried is followed by another look', async () => {
    const { state, asked, emit } = scene();
    await state().look(false);
    const looking = state().look(true);
    emit('installation', ended('installed'));
    await looking;
    await answered();
    expect(asked('engines')).toEqual([{ fresh: false }, { fresh: true }, { fresh: false }]);
  });

  it('keeps why it failed until it is begun again', async () => {
    const { state, emit } = scene();
    emit('installation', ended('failed', 'The disk is full.'));
    expect(state().ended['pytorch']).toMatchObject({ outcome: 'failed', message: 'The disk is full.' });
    await state().install('pytorch', true);
    expect(state().ended).toEqual({});
  });

  it('that is refused says so on its card', async () => {
    const { state } = scene(() => {
      throw new Error('There is nothing to install for "pytorch".');
    });
    await state().install('pytorch', false);
    expect(state().ended['pytorch']).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('nothing to install') as string,
    });
  });

  it('is cancelled by its name', async () => {
    const { state, asked } = scene();
    await state().cancel('pytorch');
    expect(asked('cancelInstallation')).toEqual([{ name: 'pytorch' }]);
  });
});
