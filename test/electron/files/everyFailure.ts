/** Lets a writer fail at each of its file operations, in each way a disk or a process can fail, and looks at what is left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from '../../../electron/files/fileSystem';
import { ProcessDied, faultyFileSystem } from './faultyFileSystem';
import type { Fault } from './faultyFileSystem';

export interface WriterStory {
  /** Leaves the old state in an empty folder, with a disk that works. */
  readonly prepare: (folder: string) => void | Promise<void>;
  /** Writes the new state through `files`, which may fail at any operation. */
  readonly write: (files: FileSystem, folder: string) => void | Promise<void>;
  /**
   * Looks at the folder afterwards, with a disk that works again, and throws when it holds neither the old nor the
   * new state. `finished`: the writer came to its end without an error, so it must be the new state.
   */
  readonly check: (folder: string, outcome: WriterOutcome) => void | Promise<void>;
}

export interface WriterOutcome {
  readonly fault: Fault;
  readonly finished: boolean;
  /** What the writer threw; undefined when it finished, or when its process is gone. */
  readonly error: unknown;
}

export interface FailureCount {
  /** Operations of one undisturbed run: each of them was made to fail in each way. */
  readonly operations: readonly string[];
  readonly runs: number;
}

const ways: readonly Omit<Fault, 'at'>[] = [
  { kind: 'short' },
  { kind: 'error', code: 'EIO' },
  { kind: 'error', code: 'ENOSPC' },
  { kind: 'full' },
  { kind: 'torn' },
  { kind: 'died' },
  { kind: 'power' },
];

/** Runs the story once for each operation and each way to fail. A failed check says which of them it was. */
export async function everyFailure(story: WriterStory): Promise<FailureCount> {
  const operations = await runOnce(story, { kind: 'error', at: 0 });
  for (const way of ways) {
    for (let at = 1; at <= operations.length; at += 1) await runOnce(story, { ...way, at });
  }
  return { operations, runs: ways.length * operations.length };
}

async function runOnce(story: WriterStory, fault: Fault): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-failure-'));
  const files = faultyFileSystem(fault);
  try {
    await story.prepare(folder);
    let finished = true;
    let error: unknown;
    try {
      await story.write(files, folder);
    } catch (thrown) {
      finished = false;
      error = thrown;
    }
    files.release();
    const gone = fault.at > 0 && files.struck && ['torn', 'died', 'power'].includes(fault.kind);
    // A process that is gone has finished nothing and told nobody, whatever its clean-up code threw or swallowed.
    if (fault.kind === 'short' && !finished) throw error;
    await story.check(folder, { fault, finished: finished && !gone, error: gone ? undefined : error });
    if (!finished && !gone && error instanceof ProcessDied) throw error;
  } catch (problem) {
    const where = `${fault.kind} ${fault.code ?? ''} at operation ${fault.at} (${files.operations[fault.at - 1] ?? 'none'})`;
    throw new Error(`${where}: ${problem instanceof Error ? problem.message : String(problem)}`, { cause: problem });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return files.operations;
}
