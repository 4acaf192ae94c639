/** Leaves out what comes faster than anybody looks: of tiny networks hundreds of epochs end in a second. The log has all. */
import type { RunEvent } from '../../../shared/training/events';

const everyMilliseconds = 500;

/**
 * Of the epochs and checkpoints of half a second only the newest of each kind is sent, and the newest epoch
 * that was best; everything else at once and in order.
 */
export function thinEvents(send: (event: RunEvent) => void, now: () => number): (event: RunEvent) => void {
  const held = new Map<string, RunEvent>();
  let lastSent = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    lastSent = now();
    const events = [...new Set(held.values())];
    held.clear();
    for (const event of events) send(event);
  }

  /** The newest stands last. */
  function hold(kind: string, event: RunEvent): void {
    held.delete(kind);
    held.set(kind, event);
  }

  return (event) => {
    if (event.event === 'epoch') {
      if (event.summary.best) hold('best epoch', event);
      hold('epoch', event);
    } else if (event.event === 'checkpoint') hold(`checkpoint ${event.kind}`, event);
    else {
      flush();
      return send(event);
    }
    const wait = lastSent + everyMilliseconds - now();
    if (wait <= 0) flush();
    else timer ??= setTimeout(flush, wait);
  };
}
