/** The packed app starts, is shut in, opens what it is told to, answers the hand, outlives its helpers, and goes when asked. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { drag, middleOf } from './support/mouse';
import { endAll, launch, resize, type Studio } from './support/launch';
import { helperProcess, isRunning, killProcess, processState, windowProcess } from './support/processes';
import { copyInto, freshFolder, ownFile, ownFolder } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

const sample = join(__dirname, '..', '..', 'assets', 'designs', 'xor-mlp.netloom');

/** Of the window on the screen. */
function titleOf({ app }: Studio): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '');
}

describe('a start of the program', () => {
  it('shows a sample in a window that is shut in', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    await studio.page.getByText('conv1').first().waitFor();
    const main = processState(studio.processId);
    expect(main.userId).not.toBe(0);
    expect(main.commandLine.filter((word) => /no-sandbox|disable-.*sandbox/.test(word))).toEqual([]);
    const window = processState(await windowProcess(studio.app));
    expect(window).toMatchObject({ seccomp: 2, noNewPrivileges: true });
    expect(window.commandLine.filter((word) => /no-sandbox/.test(word))).toEqual([]);
    await studio.close();
  });

  it('opens the file that it is started with, in the size that is asked for', async () => {
    const file = copyInto(freshFolder('documents'), sample);
    const studio = await launch({ files: [file], size: { width: 1100, height: 700 } });
    await until('the name in the title', async () => /XOR/i.test(await titleOf(studio)));
    expect(await studio.page.evaluate(() => [innerWidth, innerHeight])).toEqual([1100, 700]);
    await resize(studio, { width: 1280, height: 800 });
    await studio.close();
  });

  it('without anything to open shows the welcome, and ends when it is asked to', async () => {
    const studio = await launch();
    await studio.page.getByText('Handwritten digits, convolutional').first().waitFor();
    void studio.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await until('the end of the program', () => !isRunning(studio.processId));
    expect(studio.errors).toEqual([]);
  });
});

describe('the window', () => {
  it('takes a layer that is dragged from the palette', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    const { page } = studio;
    await page.getByText('conv1').first().waitFor();
    const parameters = page.getByText('31,018');
    await parameters.waitFor();
    const target = await middleOf(page.getByText('conv1').first());
    await drag(page, page.getByText('GELU').first(), { x: target.x, y: target.y + 150 });
    await page.locator('.react-flow__node').getByText('GELU').waitFor();
    await studio.close();
  });

  it('lives on when a process that works for it is killed', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    await studio.page.getByText('conv1').first().waitFor();
    await killProcess(await helperProcess(studio.app, 'reader'));
    await studio.page.getByText('conv1').first().click();
    await studio.page.getByRole('tab', { name: 'Runs' }).click();
    expect(isRunning(studio.processId)).toBe(true);
    await studio.close();
  });
});

describe('the record that every story ends with', () => {
  it('has each complaint of the page, of its policy and of the main process', async () => {
    const studio = await launch({ allow: [/was expected/] });
    const { page, app, errors } = studio;
    await page.evaluate(() => {
      console.error('this was expected');
      console.error('something is wrong');
      const script = document.createElement('script');
      script.textContent = 'window.stranger = true';
      document.body.append(script);
      setTimeout(() => {
        throw new Error('nobody caught this');
      });
    });
    await app.evaluate(() => void process.stderr.write('the main process is unhappy\n'));
    for (const complaint of [
      /something is wrong/,
      /Content Security Policy/,
      /nobody caught this/,
      /main: .*unhappy/,
    ]) {
      await until(`the complaint ${complaint.source}`, () => errors.some((error) => complaint.test(error)));
    }
    expect(errors.filter((error) => /was expected/.test(error))).toEqual([]);
    await expect(studio.close()).rejects.toThrow(/complaints of the app/);
  });

  it('leaves files to the user that the app runs as', async () => {
    const home = freshFolder('home');
    const file = ownFile(join(ownFolder(join(home, 'notes')), 'note.txt'), 'kept');
    const studio = await launch({ home });
    const { userId } = processState(studio.processId);
    expect([home, join(home, 'notes'), file].map((path) => statSync(path).uid)).toEqual([userId, userId, userId]);
    await studio.close();
  });
});
