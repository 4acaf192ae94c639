/** A disk that fills, and a run whose folder is taken away: said plainly, and nothing that was whole is lost. */
import { existsSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { designFile } from './support/badFiles';
import { ask } from './support/bridge';
import { smallDisk, type Disk } from './support/disk';
import { readDesign } from './support/documents';
import { endAll, launch, writeSettings, type Studio } from './support/launch';
import { isRunning } from './support/processes';
import { ownFolder } from './support/stage';
import { runState, train } from './support/train';
import { until } from './support/waiting';

let disk: Disk | null = null;

afterEach(async (context) => {
  await endAll(context);
  disk?.remove();
  disk = null;
});

/** Nothing is trained any more, and what the window says of the end. */
async function endOfTraining({ page }: Studio): Promise<string> {
  const problem = page.getByRole('alert').filter({ hasText: /Training could not go on|interrupted/ });
  await problem.first().waitFor();
  const { value } = await ask(page, 'activeRun', {});
  expect(value).toEqual({ active: null });
  return problem.first().innerText();
}

describe('a disk that fills', () => {
  it('while drawing: saving and the journal say so, the old file stays, and saving works again once there is room', async () => {
    disk = smallDisk();
    const home = ownFolder(join(disk.folder, 'home'));
    writeSettings(home, { theme: 'light', language: 'en' });
    const file = designFile(disk.folder, 'good');
    const before = readFileSync(file, 'utf8');
    const studio = await launch({ home, files: [file] });
    const { page } = studio;
    await page.locator('[data-node="hidden"]').click();
    disk.fill();
    await page.keyboard.press('Control+D');
    const notices = page.locator('[data-notice="error"]').filter({ hasText: disk.says });
    await notices.filter({ hasText: 'not being kept for the case of a crash' }).waitFor();
    await page.keyboard.press('Control+S');
    await notices.filter({ hasText: 'good.netloom' }).waitFor();
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(disk.folder).filter((name) => /tmp/.test(name))).toEqual([]);
    await page.locator('[data-node="hidden2"]').waitFor();
    disk.free();
    await page.keyboard.press('Control+S');
    await until('the file', () => readDesign(file)?.nodes.length === 5);
    await studio.close();
  });

  it('while training: the run ends with a sentence, what it had is kept, and the window lives', async () => {
    disk = smallDisk();
    const home = ownFolder(join(disk.folder, 'home'));
    writeSettings(home, { theme: 'light', language: 'en' });
    const studio = await launch({ home, sample: 'xor-mlp' });
    await studio.page.locator('[data-node="hidden"]').waitFor();
    const run = await train(studio, 100_000);
    const folder = join(home, 'runs', run);
    await until('a checkpoint', () => existsSync(join(folder, 'checkpoints', 'best.safetensors')));
    disk.fill();
    expect(await endOfTraining(studio)).toMatch(disk.says);
    expect(['failed', 'interrupted']).toContain(runState(home, run));
    expect(isRunning(studio.processId)).toBe(true);
    disk.free();
    await studio.close();
  });
});

describe('a run whose folder is taken away', () => {
  it('while it is shown: it leaves the list, what is asked of it says why not, and the window works', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    const { page } = studio;
    await page.locator('[data-node="hidden"]').waitFor();
    const run = await train(studio, 2);
    await until('the end of the run', () => runState(studio.home, run) === 'finished');
    await page.getByRole('tab', { name: 'Runs' }).click();
    const row = page.locator(`[data-run="${run}"]`).first();
    await row.click();
    renameSync(join(studio.home, 'runs', run), join(studio.home, 'taken'));
    await row.waitFor({ state: 'detached' });
    const { failure } = await ask(page, 'runDetails', { run, buckets: 100 });
    expect(failure?.message).toMatch(/There is no run|folder .*is gone|does not exist/);
    await page.locator('[data-node="hidden"]').click();
    await studio.close();
  });

  it('while it is trained: the run ends with a sentence, and the next one can begin', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    await studio.page.locator('[data-node="hidden"]').waitFor();
    const run = await train(studio, 100_000);
    const folder = join(studio.home, 'runs', run);
    await until('its files', () => readdirSync(folder).length > 2);
    renameSync(folder, join(studio.home, 'taken'));
    expect(await endOfTraining(studio)).toMatch(/could not be written: it, or its folder, does not exist/);
    expect(await train(studio, 1)).not.toBe(run);
    expect(isRunning(studio.processId)).toBe(true);
    await studio.close();
  });
});
