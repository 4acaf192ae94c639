/** At most so many redraws a second, however often one is asked for; the last asked-for state is always drawn. */

export interface Redraws {
  ask: () => void;
  /** Draws at once: the box has another size, the user has zoomed. */
  now: () => void;
  end: () => void;
}

export interface RedrawClock {
  now: () => number;
  /** Returns what cancels it. */
  after: (milliseconds: number, work: () => void) => () => void;
}

const millisecondsBetweenRedraws = 100;

const clock: RedrawClock = {
  now: () => performance.now(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A draw that is still going on is waited for. */
export function createRedraws(draw: () => Promise<void>, { now, after }: RedrawClock = clock): Redraws {
  let last = -Infinity;
  let cancel: (() => void) | null = null;
  let drawing = false;
  let again = false;
  let ended = false;

  const run = async (): Promise<void> => {
    cancel = null;
    if (ended) return;
    if (drawing) {
      again = true;
      return;
    }
    drawing = true;
    last = now();
    try {
      await draw();
    } finally {
      drawing = false;
    }
    if (!again) return;
    again = false;
    ask();
  };

  const ask = (): void => {
    if (ended || cancel) return;
    cancel = after(Math.max(0, last + millisecondsBetweenRedraws - now()), () => void run());
  };

  return {
    ask,
    now: () => {
      cancel?.();
      void run();
    },
    end: () => {
      ended = true;
      cancel?.();
    },
  };
}
