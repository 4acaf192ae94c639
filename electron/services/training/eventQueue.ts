/** Events that come whenever they like, for a reader who takes them one after the other. */

export interface EventQueue<Event> extends AsyncIterable<Event> {
  push: (event: Event) => void;
  /** After what was pushed, the reader comes to the end. */
  end: () => void;
}

export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let ended = false;
  let wake: () => void = () => undefined;

  async function* read(): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    push(event) {
      if (ended) return;
      waiting.push(event);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    [Symbol.asyncIterator]: read,
  };
}
