/** Counts in the page itself: messages that arrive, drawings of each plot, tasks that hold the window up. */
import type { Page } from 'playwright-core';

export interface Seen {
  /** Frames of metrics from the main process, and all that it told. */
  frames: number;
  events: number;
  /** Drawings, by the name of the plot. */
  redraws: Record<string, number>;
  /** Tasks over 50 ms, in milliseconds. */
  longTasks: number[];
}

interface Watching extends Window {
  netloom: { onMessage: (listener: (message: { event?: string }) => void) => () => void };
  endWatching?: () => Seen;
}

/** The function returned ends it and says what was seen. */
export async function watchWindow(page: Page): Promise<() => Promise<Seen>> {
  await page.evaluate(() => {
    const own = window as unknown as Watching;
    const seen: Seen = { frames: 0, events: 0, redraws: {}, longTasks: [] };
    const forget = own.netloom.onMessage(({ event }) => {
      if (event === undefined) return;
      seen.events += 1;
      if (event === 'frame') seen.frames += 1;
    });
    // Drawing anew gives the first line of a plot another outline, and the canvas of the heat map its size.
    const watchers = [...document.querySelectorAll<HTMLElement>('[data-plot]')].map((plot) => {
      const name = plot.dataset['plot'] ?? '';
      let [frame, drawnIn] = [0, -1];
      const watcher = new MutationObserver((records) => {
        const drawn = records.some(
          ({ target }) =>
            target instanceof HTMLCanvasElement || (target instanceof Element && target.matches('path.js-line')),
        );
        // All that a drawing changes comes at once, or in the same frame.
        if (!drawn || drawnIn === frame) return;
        drawnIn = frame;
        seen.redraws[name] = (seen.redraws[name] ?? 0) + 1;
      });
      watcher.observe(plot, { subtree: true, attributes: true, attributeFilter: ['d', 'width'] });
      const count = (): void => {
        frame += 1;
        requestAnimationFrame(count);
      };
      count();
      return watcher;
    });
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(Math.round(duration));
    });
    tasks.observe({ type: 'longtask' });
    own.endWatching = () => {
      forget();
      for (const watcher of [...watchers, tasks]) watcher.disconnect();
      return seen;
    };
  });
  return async () => {
    const seen = await page.evaluate(() => (window as unknown as Watching).endWatching?.());
    if (!seen) throw new Error('The window was loaded anew while it was watched.');
    return seen;
  };
}
