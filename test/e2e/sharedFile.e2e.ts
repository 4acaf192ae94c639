/** One file, several who want it: a second window, another start of the program, and somebody else who writes it. */
import { readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { designFile } from './support/badFiles';
import { readDesign, saveAs } from './support/documents';
import { dropOn } from './support/drop';
import { endAll, launch, type Studio } from './support/launch';
import { freshFolder, ownFile } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

async function edited(): Promise<{ studio: Studio; file: string }> {
  const file = designFile(freshFolder('shared'), 'good');
  const studio = await launch({ files: [file] });
  await studio.page.locator('[data-node="hidden"]').click();
  await studio.page.keyboard.press('Control+D');
  await studio.page.locator('[data-node="hidden2"]').waitFor();
  return { studio, file };
}

/** Another program replaces the file. */
function writeElsewhere(file: string): string {
  const theirs = readFileSync(file, 'utf8').replace('"Story"', '"Theirs"');
  ownFile(file, theirs);
  return theirs;
}

const nodesIn = (file: string): number => readDesign(file)?.nodes.length ?? 0;

describe('a second window on a file that is shown', () => {
  it('is not made: the first one comes to the front with what is drawn in it', async () => {
    const { studio, file } = await edited();
    const { app, page } = studio;
    const opened = app.waitForEvent('window');
    await page.keyboard.press('Control+Shift+N');
    const second = await opened;
    await second.locator('[data-start]').waitFor();
    // By a link it is the same file.
    const link = join(dirname(file), 'link.netloom');
    symlinkSync(file, link);
    await dropOn({ ...studio, page: second }, { files: [link] });
    const focused = (): Promise<string> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle() ?? '');
    await until('the first window at the front', async () => (await focused()) === '● Story - Netloom');
    expect(await second.locator('[data-node]').count()).toBe(0);
    expect(await page.locator('[data-node]').count()).toBe(5);
    expect(nodesIn(file)).toBe(4);
    await studio.close();
  });

  it('cannot save over it either', async () => {
    const { studio, file } = await edited();
    const { app, page } = studio;
    const opened = app.waitForEvent('window');
    await page.keyboard.press('Control+Shift+N');
    const second = await opened;
    await second.locator('[data-start]').waitFor();
    await dropOn({ ...studio, page: second }, { files: [designFile(freshFolder('shared'), 'other')] });
    await second.locator('[data-node="hidden"]').waitFor();
    await saveAs({ ...studio, page: second }, file);
    await second.locator('[data-notice="error"]').filter({ hasText: 'is open in another window' }).waitFor();
    expect(nodesIn(file)).toBe(4);
    await studio.close();
  });
});

describe('a file that somebody else writes while it is shown', () => {
  it('is told of, and saving asks: cancelled, theirs stays; saved under another name, both stay', async () => {
    const { studio, file } = await edited();
    const { page } = studio;
    const theirs = writeElsewhere(file);
    await page.locator('[data-notice]').filter({ hasText: 'was changed by another program' }).waitFor();
    await page.keyboard.press('Control+S');
    const dialog = page.getByRole('dialog').filter({ hasText: 'The file was changed by somebody else' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    const mine = join(freshFolder('shared'), 'mine.netloom');
    await saveAs(studio, mine);
    await until('mine', () => nodesIn(mine) === 5);
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    await studio.close();
  });

  it('is replaced only when the user says so', async () => {
    const { studio, file } = await edited();
    const { page } = studio;
    writeElsewhere(file);
    await page.keyboard.press('Control+S');
    await page.getByRole('dialog').getByRole('button', { name: 'Overwrite it' }).click();
    await until('mine', () => nodesIn(file) === 5);
    expect(readDesign(file)?.name).toBe('Story');
    await studio.close();
  });
});
