/** Looks at a stop signal while the process computes, and passes it on once. */
import type { StopSignal } from '../engine';
import type { PythonProcess } from './pythonProcess';

const milliseconds = 5;

export async function whileWatching<Result>(
  signal: StopSignal,
  process: Pick<PythonProcess, 'abort'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const look = setInterval(() => {
    if (!signal.aborted) return;
    clearInterval(look);
    process.abort();
  }, milliseconds);
  try {
    return await work();
  } finally {
    clearInterval(look);
  }
}
