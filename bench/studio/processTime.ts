/** What a process and its threads have computed so far, as the system counts it. */
import { readFileSync, readdirSync } from 'node:fs';

/** Linux says it in hundredths of a second, whatever the machine. */
const ticksPerSecond = 100;

/** Seconds of computing, by the name of the thread, threads that ended left out. */
function secondsByThread(id: number): Map<string, number> {
  const seconds = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${id}/task`)) {
    const [name, time] = threadTime(`/proc/${id}/task/${thread}/stat`);
    seconds.set(name, (seconds.get(name) ?? 0) + time);
  }
  return seconds;
}

function threadTime(file: string): [name: string, seconds: number] {
  const line = readFileSync(file, 'utf8');
  const [, name = '', rest = ''] = /\((.*)\) (.*)$/.exec(line.trim()) ?? [];
  const fields = rest.split(' ');
  return [name, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond];
}

/** Of the whole process, threads that ended too. */
function secondsOf(id: number): number {
  return threadTime(`/proc/${id}/stat`)[1];
}

/** Begins to count; the function returned says what share of one core was used since, in percent, and by which threads. */
export function countProcessTime(id: number): () => { percent: number; threads: Record<string, number> } {
  const [began, seconds, threads] = [performance.now(), secondsOf(id), secondsByThread(id)];
  return () => {
    const percentOf = (used: number): number => Math.round((used * 1e7) / (performance.now() - began)) / 100;
    const used = [...secondsByThread(id)].map(([name, now]) => [name, now - (threads.get(name) ?? 0)] as const);
    return {
      percent: percentOf(secondsOf(id) - seconds),
      threads: Object.fromEntries(
        used.filter(([, time]) => time > 0).map(([name, time]) => [name, percentOf(time)] as const),
      ),
    };
  };
}
