/** What the fake engine can be told to get wrong, so that everything above an engine is tested for it. */

export interface Faults {
  /** Steps, counted from 0 over the whole run. */
  notFiniteAt?: number;
  outOfMemoryAt?: number;
  /** The process is killed in the middle of this step, as by a crash in a driver. */
  crashAt?: number;
  /** Makes every step, or every chunk of an evaluation, last this long. */
  stepMilliseconds?: number;
  chunkMilliseconds?: number;
  /** Trains at this rate, whatever the machine's timers can do. */
  stepsPerSecond?: number;
}

const variable = 'NETLOOM_FAKE_FAULTS';

/** Reads JSON such as {"notFiniteAt": 12} from the environment; none there: no faults. */
export function faultsFromEnvironment(): Faults {
  const text = process.env[variable];
  if (text === undefined || text === '') return {};
  try {
    return JSON.parse(text) as Faults;
  } catch {
    throw new Error(`${variable} must hold JSON such as {"notFiniteAt": 12}, not ${text}`);
  }
}

export function crash(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
}

/** Resolves when the next step is due at a rate; a whole submission may pass between two turns of the event loop. */
export function createPace(stepsPerSecond: number, now: () => number): () => Promise<void> | null {
  let due = now();
  return () => {
    due = Math.max(due, now() - 100) + 1000 / stepsPerSecond;
    const ahead = due - now();
    return ahead > 2 ? pause(ahead) : null;
  };
}

/** Waits without blocking the event loop; no wait at all for 0. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => (milliseconds > 0 ? setTimeout(resolve, milliseconds) : setImmediate(resolve)));
}
