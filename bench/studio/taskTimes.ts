/** How long the tasks of the window's main thread computed, from Chromium's own trace: waiting for a processor not counted. */
import { readFileSync } from 'node:fs';
import { windowProcess } from '../../test/e2e/support/processes';
import type { Studio } from '../../test/e2e/support/launch';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds: when it began, how long it took on the clock, and of computing. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

export interface Task {
  /** Microseconds on the system's clock that never goes back. */
  at: number;
  /** Milliseconds on the clock, and of computing. */
  clock: number;
  computing: number;
}

/** The function returned ends the recording and answers with every task of the window's main thread. */
export async function recordTasks({ app }: Studio): Promise<() => Promise<Task[]>> {
  const id = await windowProcess(app);
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel', '__metadata'], excluded_categories: ['*'] }),
  );
  return async () => {
    const file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
    const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
    const own = traceEvents.filter(({ pid }) => pid === id);
    const main = own.find(({ ph, args }) => ph === 'M' && args.name === 'CrRendererMain')?.tid;
    const tasks = own.filter(({ ph, tid, name }) => ph === 'X' && tid === main && /RunTask$/.test(name));
    if (tasks.length === 0) throw new Error('The trace has no task of the window.');
    return tasks
      .map(({ ts, dur = 0, tdur = dur }) => ({ at: ts, clock: dur / 1000, computing: tdur / 1000 }))
      .sort((a, b) => a.at - b.at);
  };
}
