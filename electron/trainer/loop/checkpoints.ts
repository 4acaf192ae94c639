/** When weights and policy state are kept, and under which names: `last` to go on from, `best` to be judged. */
import { diskFiles } from '../../files/fileSystem';
import { linkFile } from '../../files/linkFile';
import { checkpointFile } from '../../services/runs/runFolder';
import type { Runner, Snapshot } from '../engines/engine';
import { policyToMetadata, type PolicyState } from './policyState';
import type { RunOutput } from './runOutput';

export interface Checkpoints {
  /** Whether `last` is older than 30 s, or one could not be written: the next `save` then throws why. */
  isDue: () => boolean;
  /**
   * The state is written while training goes on: as `last` and, with `onBest`, as `best` before that; `onBest` is called
   * between the two. No submission may be in flight. `snapshot`: of now, where it is asked for already. Throws why the one
   * before was not written.
   */
  save: (state: PolicyState, options?: { snapshot?: Promise<Snapshot>; onBest?: () => void }) => Promise<void>;
  /** Resolves when all that was taken is on the disk, throws why it is not. */
  written: () => Promise<void>;
  /** `step`: that of the runner, which may have the best weights already. */
  loadBest: (step: number) => Promise<void>;
}

export interface CheckpointOptions {
  folder: string;
  runner: Pick<Runner, 'snapshot' | 'load'>;
  output: Pick<RunOutput, 'event'>;
  now: () => number;
}

const everyMilliseconds = 30_000;

export function createCheckpoints({ folder, runner, output, now }: CheckpointOptions): Checkpoints {
  const [best, last] = [checkpointFile(folder, 'best'), checkpointFile(folder, 'last')];
  let lastTaken = now();
  let writing = Promise.resolve();
  let writingBest = writing;
  let failed = false;
  /** Of what was written as `best`; null where that was before this process. */
  let bestStep: number | null = null;
  async function write(
    snapshot: Snapshot,
    step: number,
    metadata: Record<string, string>,
    onBest?: () => void,
  ): Promise<void> {
    if (onBest) {
      await snapshot.write(best, metadata);
      output.event({ event: 'checkpoint', kind: 'best', step });
      onBest();
    }
    if (!onBest || !linkFile(diskFiles, best, last)) await snapshot.write(last, metadata);
    output.event({ event: 'checkpoint', kind: 'last', step });
  }
  return {
    isDue: () => failed || now() - lastTaken >= everyMilliseconds,
    async save(state, { snapshot, onBest } = {}) {
      await writing;
      const { step } = state;
      const metadata = policyToMetadata(state);
      const taken = await (snapshot ?? runner.snapshot());
      lastTaken = now();
      if (onBest) bestStep = step;
      writing = write(taken, step, metadata, onBest);
      if (onBest) writingBest = writing;
      // Thrown to whoever asks next.
      writing.catch(() => (failed = true));
    },
    written: () => writing,
    async loadBest(step) {
      await writingBest;
      if (step !== bestStep) await runner.load(best, { partial: false });
      await writing;
    },
  };
}
