/** Waits for what is looked at, not for time to pass; says what it waited for in vain. */
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is neither null, undefined nor false, and hands it back. */
export async function until<Value>(
  what: string,
  ask: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  seconds = 20,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
    await pause(25);
  }
}
