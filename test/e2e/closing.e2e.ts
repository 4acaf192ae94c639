/** Closing the window while a network is trained: it asks, and each answer does what it says. */
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './support/bridge';
import { field, node } from './support/drawing';
import { endAll, launch, type Studio } from './support/launch';
import { helperProcess, isRunning } from './support/processes';
import { screenshot } from './support/screenshot';
import { runState, train } from './support/train';
import { until } from './support/waiting';

afterEach(endAll);

/** The user presses the cross of the window's frame. */
async function pressCross({ app }: Studio): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

async function askedWhileTraining(): Promise<{ studio: Studio; run: string; trainer: number }> {
  const studio = await launch({ sample: 'xor-mlp' });
  await studio.page.locator('[data-node="hidden"]').waitFor();
  const run = await train(studio, 100_000);
  const trainer = await helperProcess(studio.app, 'trainer');
  await pressCross(studio);
  await studio.page.getByRole('dialog').filter({ hasText: 'A network is being trained' }).waitFor();
  return { studio, run, trainer };
}

/** The window may be gone before the press of the button is over. */
const answer = async ({ page }: Studio, name: string): Promise<void> =>
  page
    .getByRole('dialog')
    .getByRole('button', { name, exact: true })
    .click()
    .catch((error: unknown) => {
      if (!/has been closed/.test(String(error))) throw error;
    });

describe('closing while a network is trained', () => {
  it('cancel: the window stays, and training goes on', async () => {
    const { studio, run, trainer } = await askedWhileTraining();
    await screenshot(studio.page, 'closing-while-training');
    await answer(studio, 'Cancel');
    await studio.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await ask(studio.page, 'activeRun', {})).value).toMatchObject({ active: { run, state: 'running' } });
    expect(isRunning(trainer)).toBe(true);
    // Asked again, it asks again.
    await pressCross(studio);
    await studio.page.getByRole('dialog').waitFor();
    await studio.page.keyboard.press('Escape');
    await studio.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(isRunning(trainer)).toBe(true);
    await studio.close();
  });

  it('stop: the run ends cleanly and is kept, then the program ends', async () => {
    const { studio, run, trainer } = await askedWhileTraining();
    await answer(studio, 'Stop training');
    await until('the end of the program', () => !isRunning(studio.processId));
    expect(isRunning(trainer)).toBe(false);
    expect(studio.errors).toEqual([]);
    expect(runState(studio.home, run)).toBe('stopped');
    const again = await launch({ home: studio.home });
    await again.page.locator('[data-start]').waitFor();
    const { value } = await ask(again.page, 'runs', {});
    expect(value).toMatchObject({ runs: [{ id: run, state: 'stopped' }] });
    await again.close();
  });

  it('keep: the window goes, training goes on without it, and a new start finds the run', async () => {
    const { studio, run, trainer } = await askedWhileTraining();
    await answer(studio, 'Keep training in the background');
    const count = (): Promise<number> =>
      studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    await until('no window', async () => (await count()) === 0);
    expect(isRunning(studio.processId)).toBe(true);
    expect(isRunning(trainer)).toBe(true);
    expect(runState(studio.home, run)).toBe('running');
    // Another start of the program reaches the one that goes on in the background.
    const opened = studio.app.waitForEvent('window');
    await studio.app.evaluate(({ app }) => void app.emit('second-instance', {}, [], '', { files: [], sample: null }));
    const page = await opened;
    await page.locator('[data-start]').waitFor();
    expect((await ask(page, 'activeRun', {})).value).toMatchObject({ active: { run } });
    await ask(page, 'stop', {});
    await until('the end of the run', async () => {
      const { value } = await ask(page, 'activeRun', {});
      return JSON.stringify(value) === '{"active":null}';
    });
    expect(runState(studio.home, run)).toBe('stopped');
    await studio.close();
  });

  it('keep, to the end: the program ends with its run', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    await studio.page.locator('[data-node="hidden"]').waitFor();
    const run = await train(studio, 60);
    await pressCross(studio);
    await answer(studio, 'Keep training in the background');
    await until('the end of the program', () => !isRunning(studio.processId), 60);
    expect(runState(studio.home, run)).toBe('finished');
    expect(studio.errors).toEqual([]);
  });
});

describe('closing with unsaved changes', () => {
  it('asks about them first, then about the run', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    const { page } = studio;
    await page.locator('[data-node="hidden"]').click();
    await field(page, 'units').fill('9');
    await page.keyboard.press('Tab');
    await node(page, 'hidden').getByText('Dense 9').waitFor();
    const run = await train(studio, 100_000);
    await pressCross(studio);
    await page.getByRole('dialog').filter({ hasText: 'Save the changes' }).waitFor();
    await answer(studio, 'Don’t save');
    await page.getByRole('dialog').filter({ hasText: 'A network is being trained' }).waitFor();
    await answer(studio, 'Stop training');
    await until('the end of the program', () => !isRunning(studio.processId));
    expect(runState(studio.home, run)).toBe('stopped');
    expect(studio.errors).toEqual([]);
  });
});
