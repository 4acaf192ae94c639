/** A run that was stopped goes on where the user says: on another engine, which then is the run's own. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readRun } from '../../../electron/services/runs/readRun';
import { readRunRecord } from '../../../electron/services/runs/runRecord';
import { temporaryHome } from '../../drivers/temporaryHome';
import { resumeProcess, startProcess, type ProcessStory } from '../../drivers/training';
import { digitsCnn } from './killedTrainer';

const engineIn = (folder: string): string => readRunRecord(diskFiles, folder).engine.id;

async function stopAt(story: ProcessStory, epoch: number): Promise<void> {
  await story.until((event) => event.event === 'epoch' && event.summary.epoch >= epoch);
  story.training.stop();
  await story.ended;
}

it('stays on its engine when the other one does not work or is not known, and says why', async () => {
  vi.stubEnv('NETLOOM_PYTHON', join(temporaryHome(), 'none'));
  const home = temporaryHome();
  const story = await startProcess(home, digitsCnn(3), { engine: 'wasm' });
  const { run, folder } = story.training;
  await stopAt(story, 1);
  await expect(resumeProcess(home, run, { engine: 'pytorch' })).rejects.toThrow(
    /^The engine "pytorch" does not work here: .*NETLOOM_PYTHON/,
  );
  await expect(resumeProcess(home, run, { engine: 'cuda' })).rejects.toThrow(/There is no engine "cuda"/);
  expect(engineIn(folder)).toBe('wasm');
  const resumed = await resumeProcess(home, run);
  await resumed.ended;
  expect(await resumed.training.result).toMatchObject({ state: 'finished', epochs: 3 });
}, 300_000);

it('is a run of the engine that it was moved to, with all steps before and after in its log', async () => {
  const home = temporaryHome();
  const story = await startProcess(home, digitsCnn(3), { engine: 'wasm' });
  const { run, folder } = story.training;
  await stopAt(story, 1);
  const moved = await resumeProcess(home, run, { engine: 'fake' });
  await moved.ended;
  expect(await moved.training.result).toMatchObject({ state: 'finished', epochs: 3 });
  const { history } = readRun(run, folder, { layers: false });
  const engines = history?.events.flatMap((event) => (event.event === 'started' ? [event.engine] : []));
  expect(engines).toEqual(['wasm', 'fake']);
  expect(history?.scalars.steps).toBe(3 * 38);
  expect(engineIn(folder)).toBe('fake');
}, 300_000);
