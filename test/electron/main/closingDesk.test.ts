/** Closing and leaving: every window is asked, a run is stopped, kept, or the wish is taken back. */
import { describe, expect, it } from 'vitest';
import { createClosingDesk, type ClosingDesk, type Decision } from '../../../electron/main/closingDesk';
import { fakeWindow, type FakeWindow } from '../../drivers/fakeWindow';

function story({ windows = 1, training = false, answers = true, staysWithoutWindows = false } = {}) {
  const open: FakeWindow[] = [];
  const happened: string[] = [];
  let busy = training;
  let wake: () => void = () => undefined;
  const desk: ClosingDesk = createClosingDesk({
    windows: () => [...open],
    answers: () => answers,
    training: {
      isBusy: () => busy,
      end: () => {
        if (busy) happened.push('training ended');
        busy = false;
        return Promise.resolve();
      },
      idle: () => new Promise((resolve) => (busy ? (wake = resolve) : resolve())),
    },
    onDecided: () => void happened.push('decided'),
    onBackground: (began) => void happened.push(began ? 'background' : 'background ended'),
    leave: () => void happened.push('left'),
    staysWithoutWindows,
  });
  const add = (): FakeWindow => {
    const window = fakeWindow((gone) => {
      open.splice(open.indexOf(gone), 1);
      desk.gone(gone);
    });
    open.push(window);
    return window;
  };
  const made = Array.from({ length: windows }, add);
  const asked = (window: FakeWindow): unknown[] =>
    window.told.flatMap(({ name, payload }) => (name === 'closing' ? [payload] : []));
  const close = async (window: FakeWindow, decision: Decision): Promise<boolean> => {
    const closed = desk.close(window);
    desk.decide(window, decision);
    return closed;
  };
  return {
    ...{ desk, open, happened, made, add, asked, close },
    endRun: (): void => {
      busy = false;
      wake();
    },
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('closing a window', () => {
  it('asks it, and stays open when the wish is taken back', async () => {
    const { made, close, asked, happened } = story();
    const [window] = made as [FakeWindow];
    expect(await close(window, 'cancel')).toBe(false);
    expect([window.destroyed, happened]).toEqual([false, []]);
    expect(await close(window, 'close')).toBe(true);
    await settle();
    expect(asked(window)).toEqual([{ training: false }, { training: false }]);
    expect(happened).toEqual(['decided', 'left']);
  });

  it('speaks of training in the last window only', async () => {
    const { made, close, asked } = story({ windows: 2, training: true });
    const [first, second] = made as [FakeWindow, FakeWindow];
    await close(first, 'close');
    await close(second, 'cancel');
    expect([asked(first), asked(second)]).toEqual([[{ training: false }], [{ training: true }]]);
  });

  it('ends the run cleanly first, where that is wished', async () => {
    const { made, close, happened } = story({ training: true });
    await close(made[0] as FakeWindow, 'stopTraining');
    await settle();
    expect(happened).toEqual(['decided', 'training ended', 'left']);
  });

  it('goes on in the background until the run has ended', async () => {
    const { made, close, happened, endRun } = story({ training: true });
    await close(made[0] as FakeWindow, 'keepTraining');
    await settle();
    expect(happened).toEqual(['decided', 'background']);
    endRun();
    await settle();
    expect(happened).toEqual(['decided', 'background', 'background ended', 'left']);
  });

  it('stays with a window that was opened while the run went on without one', async () => {
    const { made, close, happened, endRun, add } = story({ training: true });
    await close(made[0] as FakeWindow, 'keepTraining');
    add();
    endRun();
    await settle();
    expect(happened).not.toContain('left');
  });

  it('that does not answer closes it at once: the drawing is in its journal', async () => {
    const { desk, made, happened } = story({ answers: false });
    expect(await desk.close(made[0] as FakeWindow)).toBe(true);
    await settle();
    expect(happened).toEqual(['left']);
  });

  it('twice asks once', async () => {
    const { desk, made, asked } = story();
    const [window] = made as [FakeWindow];
    void desk.close(window);
    expect(await desk.close(window)).toBe(false);
    expect(asked(window)).toHaveLength(1);
  });

  it('leaves the program where it is on macOS', async () => {
    const { made, close, happened } = story({ staysWithoutWindows: true });
    await close(made[0] as FakeWindow, 'close');
    await settle();
    expect(happened).toEqual(['decided']);
  });
});

describe('leaving the program', () => {
  it('asks one window after the other, and stops at the first that says no', async () => {
    const { desk, made, asked, happened, open } = story({ windows: 3, staysWithoutWindows: true });
    const [first, second, third] = made as [FakeWindow, FakeWindow, FakeWindow];
    const quitting = desk.quit();
    desk.decide(first, 'close');
    await settle();
    desk.decide(second, 'cancel');
    await quitting;
    expect([asked(first).length, asked(second).length, asked(third).length]).toEqual([1, 1, 0]);
    expect(open).toEqual([second, third]);
    expect(happened).not.toContain('left');
    const again = desk.quit();
    desk.decide(second, 'close');
    await settle();
    desk.decide(third, 'close');
    await again;
    expect(happened[happened.length - 1]).toBe('left');
  });
});
