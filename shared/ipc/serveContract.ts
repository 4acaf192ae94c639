/** The answering end of a contract: opens every message, calls its handler, answers, and sends events. */
import type { Contract, EventName, Failure, Handlers, PayloadOf, Port } from './define';
import { openCall } from './envelope';

export interface ServeOptions {
  /** Says what a handler threw as a failure for the other side. */
  failureOf: (error: unknown) => Failure;
  /** Hears of messages that could not even be answered. */
  onRefused: (failure: Failure) => void;
}

export interface Server<C extends Contract> {
  emit: <Name extends EventName<C>>(name: Name, payload: PayloadOf<C, Name>) => void;
}

export function serveContract<C extends Contract>(
  contract: C,
  port: Port,
  handlers: Handlers<C>,
  { failureOf, onRefused }: ServeOptions,
): Server<C> {
  const answerable = handlers as Record<string, (request: unknown) => unknown>;

  async function answer(message: unknown): Promise<void> {
    const opened = openCall(contract, message);
    if ('refused' in opened) {
      if (opened.call === null) onRefused(opened.refused);
      else port.send({ reply: opened.call, failure: opened.refused });
      return;
    }
    try {
      const value = await answerable[opened.name]?.(opened.payload);
      port.send({ reply: opened.call, value });
    } catch (error) {
      port.send({ reply: opened.call, failure: failureOf(error) });
    }
  }

  port.onMessage((message) => void answer(message));
  return { emit: (name, payload) => port.send({ event: name, payload }) };
}
