/** The packed app starts, is shut in, and says nothing bad. */
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, launch } from './support/launch';
import { processState, windowProcess } from './support/processes';
import { screenshot } from './support/screenshot';

afterEach(endAll);

describe('a start of the program', () => {
  it('shows a sample in a window that is shut in', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    await studio.page.locator('[data-start]').waitFor();
    const main = processState(studio.processId);
    expect(main.userId).not.toBe(0);
    expect(main.commandLine.filter((word) => /no-sandbox|disable-.*sandbox/.test(word))).toEqual([]);
    const window = processState(await windowProcess(studio.app));
    expect(window).toMatchObject({ seccomp: 2, noNewPrivileges: true });
    expect(window.commandLine.filter((word) => /no-sandbox/.test(word))).toEqual([]);
    await screenshot(studio.page, 'smoke');
    await studio.close();
  });
});
