/** Gives the event loop a turn: messages, timers and signals get through between two steps. Costs a few microseconds. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
