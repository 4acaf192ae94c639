/** When weights and policy state are kept, and under which names: `last` to go on from, `best` to be judged. */
import { diskFiles } from '../../files/fileSystem';
import { linkFile } from '../../files/linkFile';
import { checkpointFile } from '../../services/runs/runFolder';
import type { Runner } from '../engines/engine';
import { policyToMetadata, type PolicyState } from './policyState';
import type { RunOutput } from './runOutput';

export interface Checkpoints {
  /** Whether `last` is older than 30 s. */
  isDue: () => boolean;
  /** No submission may be in flight. */
  save: (kind: 'last' | 'best', state: PolicyState) => Promise<void>;
  loadBest: () => Promise<void>;
}

export interface CheckpointOptions {
  folder: string;
  runner: Pick<Runner, 'save' | 'load'>;
  output: Pick<RunOutput, 'event'>;
  now: () => number;
}

const everyMilliseconds = 30_000;

export function createCheckpoints({ folder, runner, output, now }: CheckpointOptions): Checkpoints {
  let lastSaved = now();
  /** The state in which `best` was saved: at the end of such an epoch `last` is the same file. */
  let bestState: string | undefined;
  const linked = (kind: 'last' | 'best', state: string): boolean =>
    kind === 'last' &&
    state === bestState &&
    linkFile(diskFiles, checkpointFile(folder, 'best'), checkpointFile(folder, 'last'));
  return {
    isDue: () => now() - lastSaved >= everyMilliseconds,
    async save(kind, state) {
      const metadata = policyToMetadata(state);
      const text = JSON.stringify(metadata);
      if (!linked(kind, text)) await runner.save(checkpointFile(folder, kind), metadata);
      if (kind === 'best') bestState = text;
      if (kind === 'last') lastSaved = now();
      output.event({ event: 'checkpoint', kind, step: state.step });
    },
    async loadBest() {
      await runner.load(checkpointFile(folder, 'best'), { partial: false });
    },
  };
}
