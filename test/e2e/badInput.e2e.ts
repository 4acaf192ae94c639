/** Files that are not what they should be, let fall on the window: each said plainly, and nothing that was open is lost. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { designFile, faultyDesigns, refusedFiles, writeRefused } from './support/badFiles';
import { readDesign, titleOf } from './support/documents';
import { dropOn } from './support/drop';
import { journalFolder, journalsIn } from './support/journals';
import { endAll, launch, type Studio } from './support/launch';
import { freshFolder, ownFile, ownFolder } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

/** What the window says of a file that it refused. */
async function refusal({ page }: Studio, name: string): Promise<string> {
  const card = page.locator(`[data-refused="${name}"]`);
  await card.waitFor();
  const text = await card.innerText();
  await card.getByRole('button', { name: 'Dismiss' }).click();
  return text;
}

const internal = /undefined|\[object|\n\s+at |Zod|TypeError/;

describe('a file that is no design, dropped on the window', () => {
  it('is refused with its place and the way out, and the drawing stays', async () => {
    const folder = freshFolder('dropped');
    const studio = await launch({ files: [designFile(folder, 'good')] });
    await studio.page.locator('[data-node="hidden"]').waitFor();
    const said = new Set<string>();
    for (const [name, { says }] of Object.entries(refusedFiles)) {
      const file = writeRefused(folder, name);
      await dropOn(studio, { files: [file] });
      const text = await refusal(studio, `${name}.netloom`);
      expect(text).toMatch(says);
      expect(text).not.toMatch(internal);
      said.add(text);
    }
    expect(said.size).toBe(Object.keys(refusedFiles).length);
    const gone = ownFile(join(folder, 'gone.netloom'), '{}');
    rmSync(gone);
    const closed = designFile(folder, 'closed');
    chmodSync(closed, 0);
    await dropOn(studio, { files: [gone, closed, ownFolder(join(folder, 'folder'))] });
    expect(await refusal(studio, 'gone.netloom')).toMatch(/does not exist\. Check the path/);
    expect(await refusal(studio, 'closed.netloom')).toMatch(/the system does not allow it .*Check the permissions/);
    expect(await refusal(studio, 'folder')).toMatch(/is a folder; a design file was expected/);
    await studio.page.locator('[data-node="hidden"]').waitFor();
    expect(await studio.page.locator('[data-node]').count()).toBe(4);
    await studio.close();
  });
});

describe('designs with a fault, dropped on the window', () => {
  it('are drawn, and their problems are listed; their files stay as they are', async () => {
    const folder = freshFolder('dropped');
    const studio = await launch();
    const { page } = studio;
    for (const [name, { change, says }] of Object.entries(faultyDesigns)) {
      const file = designFile(folder, name, change);
      const before = readFileSync(file, 'utf8');
      await dropOn(studio, { files: [file] });
      await page.locator('[data-node="hidden"]').waitFor();
      await page.getByRole('tab', { name: /Problems/ }).click();
      const problem = page.locator('[data-problem]').filter({ hasText: says }).first();
      await problem.waitFor();
      expect(await problem.innerText()).not.toMatch(internal);
      expect(readFileSync(file, 'utf8')).toBe(before);
    }
    await studio.close();
  });
});

describe('too much of something', () => {
  it('a name of 10,000 characters in a file is refused with its place, by a drop and at the start', async () => {
    const folder = freshFolder('long');
    const file = designFile(folder, 'long', (design) => (design.name = 'x'.repeat(10_000)));
    const says = /line 3, column \d+, name: .*200/;
    const studio = await launch({ files: [file] });
    await studio.page.locator('[data-notice]').filter({ hasText: says }).waitFor();
    await dropOn(studio, { files: [file] });
    expect(await refusal(studio, 'long.netloom')).toMatch(says);
    await studio.close();
  });

  it('a name of 10,000 characters that is typed says that it is too long, and the old one stays', async () => {
    const studio = await launch({ files: [designFile(freshFolder('long'), 'short')] });
    const { page, app } = studio;
    const field = page.locator('[data-action="file.rename"]');
    await field.fill('x'.repeat(10_000));
    await page
      .getByRole('alert')
      .filter({ hasText: /At most 200 characters; this has 10,?000/ })
      .waitFor();
    await field.press('Enter');
    await field.press('Escape');
    expect(await field.inputValue()).toBe('Story');
    expect(await titleOf(app)).toBe('Story - Netloom');
    await studio.close();
  });

  it('500 rapid undos go back to what was opened and no further, and 500 redos bring everything back', async () => {
    const folder = freshFolder('undo');
    const file = designFile(folder, 'good');
    const studio = await launch({ files: [file] });
    const { page, app } = studio;
    const nodes = page.locator('[data-node]');
    await page.locator('[data-node="hidden"]').click();
    for (let copy = 1; copy <= 10; copy++) await page.keyboard.press('Control+D');
    // What lies beyond the edge of the window is not drawn.
    await page.keyboard.press('Shift+1');
    await until('ten copies', async () => (await nodes.count()) === 14);
    await page.locator('[data-node="hidden11"]').waitFor();
    await until('the unsaved mark', async () => (await titleOf(app)).startsWith('●'));
    for (let press = 1; press <= 500; press++) await page.keyboard.press('Control+Z');
    await until('the drawing as it was opened', async () => (await nodes.count()) === 4);
    await until('no unsaved mark', async () => !(await titleOf(app)).startsWith('●'));
    for (let press = 1; press <= 500; press++) await page.keyboard.press('Control+Shift+Z');
    await until('all copies again', async () => (await nodes.count()) === 14);
    await page.keyboard.press('Control+S');
    await until('the file', () => readDesign(file)?.nodes.length === 14);
    await studio.close();
  });
});

describe('damaged files of the program itself', () => {
  it('settings: they are set aside, that is said, and the window works', async () => {
    const home = freshFolder('home');
    const settings = ownFile(join(home, 'settings.json'), '{"theme": "dark", ');
    const recent = ownFile(join(home, 'recent.json'), randomBytes(200));
    const studio = await launch({ home, files: [designFile(freshFolder('plain'), 'good')] });
    const { page } = studio;
    await page
      .locator('[data-notice]')
      .filter({ hasText: /The settings in .* damaged\. It was set aside/ })
      .waitFor();
    expect(readFileSync(`${settings}.damaged`, 'utf8')).toBe('{"theme": "dark", ');
    expect(existsSync(recent)).toBe(true);
    await page.locator('[data-node="hidden"]').click();
    await studio.close();
  });

  it('a journal: the others come back, the damaged one is set aside and told of', async () => {
    const home = freshFolder('home');
    const first = await launch({ home, files: [designFile(freshFolder('plain'), 'good')] });
    await first.page.locator('[data-node="hidden"]').click();
    await first.page.keyboard.press('Control+D');
    const folder = journalFolder(home);
    const [name] = await until('the journal', () => {
      const names = journalsIn(home);
      return names.length > 0 && names;
    });
    await first.kill();
    const cut = readFileSync(join(folder, name ?? '')).subarray(0, 100);
    const other = '01234567-89ab-cdef-0123-456789abcdef.json';
    ownFile(join(folder, other), cut);
    const second = await launch({ home });
    await second.page.locator('[data-notice="recovered"]').waitFor();
    expect(await second.page.locator('[data-node]').count()).toBe(5);
    await second.page
      .locator('[data-notice]')
      .filter({ hasText: /journal of an unsaved drawing .*set aside/ })
      .waitFor();
    expect(readFileSync(join(folder, `${other}.damaged`))).toEqual(cut);
    await second.close();
  });
});
