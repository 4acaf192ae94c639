/** What is killed with `kill -9` and comes back: the training process at any step, and the whole program. */
import { afterEach, describe, expect, it } from 'vitest';
import { field, node } from './support/drawing';
import { endAll, launch, type Studio } from './support/launch';
import { journalHolds } from './support/journals';
import { helperProcess, isRunning, killProcess } from './support/processes';
import { inState, pastStep, runRows, setEpochs, showRuns, train } from './support/runs';

afterEach(endAll);

/** Whatever a death interrupts has to be made good: the number is drawn anew in every run of the story. */
function randomStep(most: number): number {
  return 1 + Math.floor(Math.random() * most);
}

async function killTrainer({ app }: Studio): Promise<void> {
  await killProcess(await helperProcess(app, 'trainer'));
}

describe('the training process', () => {
  it('killed at a random step is started again from its checkpoint, three times, and then waits for its user', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    const { page } = studio;
    await setEpochs(page, 1_000_000);
    await train(page);
    const restarting = page.getByText('is being started again from the last checkpoint');
    let reached = 0;
    for (let death = 1; death <= 3; death++) {
      reached = await pastStep(page, reached + randomStep(400));
      await killTrainer(studio);
      await restarting.waitFor();
      expect(isRunning(studio.processId)).toBe(true);
      await inState(page, 'running');
      await restarting.waitFor({ state: 'detached' });
    }
    reached = await pastStep(page, reached);

    await killTrainer(studio);
    await inState(page, 'interrupted');
    await page.getByRole('alert').filter({ hasText: 'The training process ended unexpectedly' }).waitFor();
    // The drawing was never held up.
    await node(page, 'hidden').click();
    await field(page, 'units').waitFor();
    await showRuns(page);
    await runRows(page).and(page.locator('[data-state="interrupted"]')).waitFor();
    expect(await runRows(page).count()).toBe(1);
    await runRows(page).getByRole('button', { name: 'Resume' }).click();
    await inState(page, 'running');
    await pastStep(page, reached);
    await page.getByRole('button', { name: 'Stop' }).click();
    await inState(page, 'stopped');
    await studio.close();
  }, 300_000);
});

describe('the program', () => {
  it('killed with an unsaved drawing brings it back at the next start, as it was', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    await node(studio.page, 'hidden').click();
    await field(studio.page, 'units').fill('23');
    await node(studio.page, 'hidden').getByText('Dense 23').waitFor();
    await journalHolds(studio.home, '"units":23');
    await studio.kill();
    expect(studio.errors).toEqual([]);

    const again = await launch({ home: studio.home });
    await again.page.getByText(/was brought back/).waitFor();
    await node(again.page, 'hidden').getByText('Dense 23').waitFor();
    expect(await again.page.locator('[data-saved="false"]').count()).toBe(1);
    await again.close();
  }, 300_000);

  it('killed in the middle of training shows the run as interrupted, and goes on with it', async () => {
    const studio = await launch({ sample: 'xor-mlp' });
    await setEpochs(studio.page, 1_000_000);
    await train(studio.page);
    const reached = await pastStep(studio.page, randomStep(400));
    await studio.kill();

    const again = await launch({ home: studio.home });
    const { page } = again;
    await page.getByText(/was brought back/).waitFor();
    await showRuns(page);
    await runRows(page).and(page.locator('[data-state="interrupted"]')).waitFor();
    await runRows(page).getByRole('button', { name: 'Resume' }).click();
    await inState(page, 'running');
    await pastStep(page, reached);
    await page.getByRole('button', { name: 'Stop' }).click();
    await inState(page, 'stopped');
    await again.close();
  }, 300_000);
});
