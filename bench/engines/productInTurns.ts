/**
 * A run of the product that trains some epochs when it is told to and then waits: what is compared takes turns of a second,
 * so that a machine that others slow down falls on both sides alike. What happens once in a run is not in it.
 */
import type { Runner } from '../../electron/trainer/engines/engine';
import { prepared, type SideTask } from '../telemetry/side';
import { startWhole } from '../telemetry/wholeRun';

export interface ProductInTurns {
  readonly stepsPerEpoch: number;
  /** Milliseconds of so many epochs: from the first batch until the next epoch could begin. */
  train: (epochs: number, telemetry: boolean) => Promise<number>;
  close: () => Promise<void>;
}

/** Has trained an epoch when it is returned: in it the run finds out how often update ratios are measured. */
export async function startProduct(task: SideTask): Promise<ProductInTurns> {
  const { document, data, stepsPerEpoch } = await prepared(task);
  const clock = stoppableClock();
  const gate = closedGate(clock);
  let runner: Runner | undefined;
  let told = 0;
  const session = await startWhole(document, data.open, {
    engine: task.engine,
    now: clock.now,
    opened(opened) {
      runner = opened;
      const submit = opened.submit.bind(opened);
      const evaluate = opened.evaluate.bind(opened);
      const snapshot = opened.snapshot.bind(opened);
      opened.submit = (steps, signal) => {
        if ((steps[0]?.index ?? NaN) % stepsPerEpoch === 0) gate.arrive();
        return gate.behind(() => submit(steps, signal));
      };
      opened.evaluate = (...given) => gate.behind(() => evaluate(...given));
      opened.snapshot = () => gate.behind(snapshot);
    },
    event: ({ event }) => void (told += event === 'epoch' ? 1 : 0),
  });
  const train = async (epochs: number, telemetry: boolean): Promise<number> => {
    runner?.reconfigure({ telemetry });
    const milliseconds = await gate.let(epochs);
    // Its checkpoint is written beside the next epoch; beside the other side's it would be in the way of that.
    while (told < gate.passed()) await new Promise((resolve) => setTimeout(resolve, 1));
    return milliseconds;
  };
  await train(1, true);
  return {
    stepsPerEpoch,
    train,
    async close() {
      session.control.stop();
      gate.open();
      await session.result;
      data.remove();
    },
  };
}

/** A clock that does not see how long a run was made to wait. */
function stoppableClock(): { now: () => number; stop: () => void; go: () => void } {
  let stoppedAt: number | null = null;
  let lost = 0;
  return {
    now: () => (stoppedAt ?? performance.now()) - lost,
    stop: () => void (stoppedAt ??= performance.now()),
    go() {
      if (stoppedAt !== null) lost += performance.now() - stoppedAt;
      stoppedAt = null;
    },
  };
}

interface Gate {
  /** An epoch wants to begin. */
  arrive: () => void;
  /** At once where the gate is open, in the order asked where it is not yet. */
  behind: <Value>(act: () => Promise<Value>) => Promise<Value>;
  /** Lets so many epochs pass; resolves with the milliseconds until the next one arrives. */
  let: (epochs: number) => Promise<number>;
  passed: () => number;
  /** For good. */
  open: () => void;
}

function closedGate(clock: ReturnType<typeof stoppableClock>): Gate {
  let left = 0;
  let passed = 0;
  let waits = false;
  let free: () => void = () => undefined;
  let opened = Promise.resolve();
  let arrived: () => void = () => undefined;
  const next = (): Promise<void> => new Promise((resolve) => (arrived = resolve));
  let arrival = next();
  const pass = (epochs: number): void => {
    // The epoch that waits is the first of them.
    left = epochs - 1;
    passed += 1;
    waits = false;
    clock.go();
    free();
  };
  return {
    arrive() {
      if (left > 0) {
        left -= 1;
        passed += 1;
        return;
      }
      waits = true;
      clock.stop();
      opened = new Promise((resolve) => (free = resolve));
      arrived();
    },
    behind: (act) => (waits ? opened.then(act) : act()),
    async let(epochs) {
      await arrival;
      arrival = next();
      const began = performance.now();
      pass(epochs);
      await arrival;
      return performance.now() - began;
    },
    passed: () => passed,
    open: () => pass(Infinity),
  };
}
