/** Engines and environments joined: what works, what is missing, left in the middle, damaged, or being made elsewhere. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { engineStates } from '../../../../electron/services/engines/engineStates';
import { engineIds, offeredEngines, probeEngines } from '../../../../electron/services/engines/probeEngines';
import { environmentFolder } from '../../../../electron/services/python/environments';
import { writeMarker } from '../../../../electron/services/python/environmentState';
import { acquireLock } from '../../../../electron/services/runs/runLock';
import { engineStatusSchema, type EngineStatus } from '../../../../shared/ipc/studio/engineSchemas';
import { fakeEnvironment } from '../../../drivers/fakeEnvironment';
import { fakeTrainers, type PretendEngine } from '../../../drivers/fakeTrainer';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { h200, missing, noDriver, wasm } from './machines';

let home = '';
beforeEach(() => {
  home = temporaryHome();
  vi.stubEnv('NETLOOM_PYTHON', '');
});
afterEach(() => void vi.unstubAllEnvs());

async function found(engines: Record<string, PretendEngine>): Promise<Record<string, EngineStatus>> {
  const { spawn } = fakeTrainers(engines);
  const states = await engineStates(home, await probeEngines(spawn));
  for (const state of states) expect(engineStatusSchema.parse(state)).toEqual(state);
  return Object.fromEntries(states.map((state) => [state.name, state]));
}

describe('an engine', () => {
  it('is ready where its matrix product is right, whatever is installed', async () => {
    const { wasm: embedded, pytorch } = await found({ wasm, pytorch: h200 });
    expect(embedded).toMatchObject({ state: 'ready', trains: true, environment: null, reason: null });
    expect(pytorch).toMatchObject({ state: 'ready', environment: { python: null }, reason: null, remedy: null });
    expect(pytorch?.probe).toMatchObject({ computeCapability: '9.0', memory: { free: 131 * 2 ** 30 } });
  });

  it('that computes on the processor although there is a card is ready, and says why not', async () => {
    const { pytorch } = await found({ pytorch: noDriver });
    expect(pytorch).toMatchObject({ state: 'ready', probe: { accelerated: false } });
    expect(pytorch?.probe?.whyNotAccelerated).toContain('no NVIDIA driver');
  });

  it('is not installed, not installed to the end, or of another version, and says what to do', async () => {
    const folder = environmentFolder(home, 'pytorch');
    const first = (await found({ pytorch: missing })).pytorch;
    expect(first).toMatchObject({ state: 'missing', reason: 'PyTorch is not installed.' });
    mkdirSync(folder, { recursive: true });
    writeMarker(folder, 'The disk is full: PyTorch could not be put into it.');
    expect((await found({ pytorch: missing })).pytorch).toMatchObject({
      state: 'unfinished',
      reason: 'It was not installed to the end: The disk is full: PyTorch could not be put into it.',
      remedy: 'Install it: npx netloom engines install pytorch --yes',
    });
    rmSync(folder, { recursive: true });
    fakeEnvironment(home, 'pytorch', 'another list');
    expect((await found({ pytorch: missing })).pytorch).toMatchObject({
      state: 'outdated',
      remedy: 'Repair it: npx netloom engines repair pytorch --yes',
    });
  });

  it('is broken where its environment is whole and it does not work, with what the engine said', async () => {
    fakeEnvironment(home, 'pytorch');
    const probe = { ...missing.probe, reason: 'libcudart.so.13 is missing.', remedy: 'Repair it.' };
    const { pytorch } = await found({ pytorch: { probe } });
    expect(pytorch).toMatchObject({ state: 'broken', reason: 'libcudart.so.13 is missing.', remedy: 'Repair it.' });
    expect(pytorch?.environment).toMatchObject({ python: '3.11.7', packages: { torch: '2.14.1' } });
  });

  it('is broken without an environment where nothing can be installed for it', async () => {
    const probe = { ...missing.probe, reason: 'A file is missing.', remedy: 'Install Netloom again.' };
    const { wasm: embedded } = await found({ wasm: { probe } });
    expect(embedded).toMatchObject({ state: 'broken', environment: null, reason: 'A file is missing.' });
  });

  it('is being installed while another process does it', async () => {
    const folder = environmentFolder(home, 'pytorch');
    mkdirSync(folder, { recursive: true });
    const lock = acquireLock(diskFiles, folder, 'pytorch');
    expect((await found({ pytorch: missing })).pytorch).toMatchObject({ state: 'installing', installation: null });
    lock.release();
    expect((await found({ pytorch: missing })).pytorch?.state).toBe('missing');
  });
});

describe('an environment that serves no engine', () => {
  it('stands after the engines, and is ready only while its Python answers', async () => {
    const before = await found({ wasm });
    expect(Object.keys(before)[0]).toBe('wasm');
    expect(before.verify).toMatchObject({ trains: false, probe: null, state: 'missing' });
    fakeEnvironment(home, 'verify');
    expect((await found({ wasm })).verify).toMatchObject({ state: 'ready', reason: null });
    rmSync(join(environmentFolder(home, 'verify'), 'python', 'bin', 'python'));
    expect((await found({ wasm })).verify).toMatchObject({
      state: 'broken',
      remedy: 'Repair it: npx netloom engines repair verify --yes',
    });
  });
});

describe('trying engines', () => {
  it('goes on where one ends its process or never answers, each in a process of its own', async () => {
    const { spawn, living } = fakeTrainers({ wasm, tensorflow: { loading: 'dies' }, pytorch: { loading: 'hangs' } });
    const [embedded, dead, silent] = await probeEngines(spawn, undefined, 300);
    expect(embedded?.probe.available).toBe(true);
    expect(dead?.probe).toMatchObject({ available: false, reason: expect.stringContaining('SIGSEGV') as string });
    expect(silent?.probe).toMatchObject({ available: false, reason: expect.stringContaining('0.3 s') as string });
    expect(silent?.probe.remedy).toContain('diagnostics');
    await vi.waitFor(() => expect(living()).toBe(0));
  });

  it('offers pretend training only to who asks for it', async () => {
    const ids = await engineIds(fakeTrainers({ wasm, fake: {} }).spawn);
    expect(offeredEngines(ids, {})).toEqual(['wasm']);
    expect(offeredEngines(ids, { NETLOOM_FAKE_FAULTS: '{}' })).toEqual(['wasm', 'fake']);
  });
});
