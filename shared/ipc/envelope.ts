/** The three kinds of messages on a channel, and how one is opened: junk is refused with a sentence, never an exception. */
import { z } from 'zod';
import { failureSchema, type Contract, type Failure } from './define';

const id = z.int().min(0);

const callSchema = z.strictObject({ call: id, name: z.string().max(100), payload: z.unknown() });
const replySchema = z.union([
  z.strictObject({ reply: id, value: z.unknown() }),
  z.strictObject({ reply: id, failure: failureSchema }),
]);
const eventSchema = z.strictObject({ event: z.string().max(100), payload: z.unknown() });

/** `call`: the number to answer to, where it could be read. */
export interface Refused {
  refused: Failure;
  call: number | null;
}

export type OpenedCall = { call: number; name: string; payload: unknown };
export type OpenedAnswer =
  { reply: number; value: unknown } | { reply: number; failure: Failure } | { event: string; payload: unknown };

/** A message that reached the server. */
export function openCall(contract: Contract, message: unknown): OpenedCall | Refused {
  const envelope = callSchema.safeParse(message);
  if (!envelope.success) return { refused: refusal(contract, 'message', envelope.error), call: readableCall(message) };
  const { call, name, payload } = envelope.data;
  const schemas = Object.prototype.hasOwnProperty.call(contract.requests, name) ? contract.requests[name] : undefined;
  if (!schemas) return { refused: unknownName(contract, 'request', name), call };
  const parsed = schemas.request.safeParse(payload);
  if (!parsed.success) return { refused: refusal(contract, name, parsed.error), call };
  return { call, name, payload: parsed.data };
}

/** A message that reached the client. A reply's value is checked by whoever knows what was asked. */
export function openAnswer(contract: Contract, message: unknown): OpenedAnswer | Refused {
  // Events are many and in a hurry: they are not tried as replies first.
  if (!isEvent(message)) {
    const reply = replySchema.safeParse(message);
    if (reply.success) return reply.data;
  }
  const envelope = eventSchema.safeParse(message);
  if (!envelope.success) return { refused: refusal(contract, 'message', envelope.error), call: null };
  const { event, payload } = envelope.data;
  const schema = Object.prototype.hasOwnProperty.call(contract.events, event) ? contract.events[event] : undefined;
  if (!schema) return { refused: unknownName(contract, 'event', event), call: null };
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return { refused: refusal(contract, event, parsed.error), call: null };
  return { event, payload: parsed.data };
}

export function refusal(contract: Contract, what: string, error: z.ZodError): Failure {
  const issue = error.issues[0];
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  const message = `A message of "${contract.name}" (${what}) was refused${place}: ${issue?.message ?? 'it does not fit'}.`;
  return { code: 'message-invalid', message, file: null };
}

function unknownName(contract: Contract, kind: string, name: string): Failure {
  const message = `A message of "${contract.name}" was refused: there is no ${kind} ${JSON.stringify(name)}.`;
  return { code: 'message-invalid', message, file: null };
}

function isEvent(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'event' in message;
}

function readableCall(message: unknown): number | null {
  const call = typeof message === 'object' && message !== null && 'call' in message ? message.call : null;
  return typeof call === 'number' && Number.isInteger(call) && call >= 0 ? call : null;
}
