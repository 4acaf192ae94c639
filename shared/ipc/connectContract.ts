/** The asking end of a contract: numbers its requests, matches the answers, hands on events. */
import type { Contract, EventOf, Failure, Port, RequestName, RequestOf, ResponseOf } from './define';
import { openAnswer, refusal } from './envelope';

export interface ConnectOptions {
  /** Makes the error that a failed request rejects with. */
  errorOf: (failure: Failure) => Error;
  /** Hears of messages that fit no schema. */
  onRefused: (failure: Failure) => void;
}

export interface Client<C extends Contract> {
  request: <Name extends RequestName<C>>(name: Name, payload: RequestOf<C, Name>) => Promise<ResponseOf<C, Name>>;
  /** The function returned ends the subscription. */
  onEvent: (listener: (event: EventOf<C>) => void) => () => void;
  /** The other side is gone: every request, also later ones, fails with this. */
  disconnect: (failure: Failure) => void;
}

interface Waiting {
  name: string;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

export function connectContract<C extends Contract>(
  contract: C,
  port: Port,
  { errorOf, onRefused }: ConnectOptions,
): Client<C> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: EventOf<C>) => void>();
  let calls = 0;
  let gone: Failure | null = null;

  function settle(reply: number, outcome: { value: unknown } | { failure: Failure }): void {
    const asked = waiting.get(reply);
    waiting.delete(reply);
    if (!asked) return;
    if ('failure' in outcome) return asked.reject(errorOf(outcome.failure));
    const parsed = contract.requests[asked.name]?.response.safeParse(outcome.value);
    if (parsed?.success) asked.resolve(parsed.data);
    else if (parsed) asked.reject(errorOf(refusal(contract, `answer to ${asked.name}`, parsed.error)));
  }

  port.onMessage((message) => {
    const opened = openAnswer(contract, message);
    if ('refused' in opened) return onRefused(opened.refused);
    if ('reply' in opened) return settle(opened.reply, opened);
    const event = { name: opened.event, payload: opened.payload } as EventOf<C>;
    for (const listener of [...listeners]) listener(event);
  });

  return {
    request: (name, payload) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(errorOf(gone));
        calls += 1;
        waiting.set(calls, { name, resolve: resolve as (value: unknown) => void, reject });
        port.send({ call: calls, name, payload });
      }),
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    disconnect(failure) {
      gone = failure;
      for (const { reject } of waiting.values()) reject(errorOf(failure));
      waiting.clear();
    },
  };
}
