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
   * Takes the state, which is then written while training goes on: as `last` and, with `onBest`, as `best` before that;
   * `onBest` is called between the two. No submission may be in flight. Throws why the one before was not written.
   */
  save: (state: PolicyState, onBest?: () => void) => Promise<void>;
  /** Resolves when all that was taken is on the disk, throws why it is not. */
  written: () => Promise<void>;
  loadBest: () => Promise<void>;
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
  let failed = false;
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
    async save(state, onBest) {
      await writing;
      const { step } = state;
      const metadata = policyToMetadata(state);
      const snapshot = await runner.snapshot();
      lastTaken = now();
      writing = write(snapshot, step, metadata, onBest);
      // Thrown to whoever asks next.
      writing.catch(() => (failed = true));
    },
    written: () => writing,
    async loadBest() {
      await writing;
      await runner.load(best, { partial: false });
    },
  };
}
