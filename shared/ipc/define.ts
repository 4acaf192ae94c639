/** How two processes talk: a contract lists requests and events with their schemas; the types are derived from it. */
import { z } from 'zod';

export interface RequestSchema {
  request: z.ZodType;
  response: z.ZodType;
}

/** What one side (the client) may ask of the other (the server), and what the server tells unasked. */
export interface Contract {
  readonly name: string;
  readonly requests: Readonly<Record<string, RequestSchema>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type RequestOf<C extends Contract, Name extends RequestName<C>> = z.input<C['requests'][Name]['request']>;
export type ReceivedOf<C extends Contract, Name extends RequestName<C>> = z.output<C['requests'][Name]['request']>;
export type ResponseOf<C extends Contract, Name extends RequestName<C>> = z.output<C['requests'][Name]['response']>;
export type PayloadOf<C extends Contract, Name extends EventName<C>> = z.output<C['events'][Name]>;

/** Any event of a contract as one union: {name, payload}. */
export type EventOf<C extends Contract> = {
  [Name in EventName<C>]: { name: Name; payload: PayloadOf<C, Name> };
}[EventName<C>];

/** One function a request; forgetting one is a type error. */
export type Handlers<C extends Contract> = {
  [Name in RequestName<C>]: (request: ReceivedOf<C, Name>) => Promise<ResponseOf<C, Name>> | ResponseOf<C, Name>;
};

/** Why a request was not answered. `code` is for programs, `message` a sentence for the user, `file` what it is about. */
export const failureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  file: z.string().nullable().default(null),
});
export type Failure = z.output<typeof failureSchema>;

/** One end of a channel that carries structured clones: a child process, a utility process, a message port. */
export interface Port {
  send: (message: unknown) => void;
  onMessage: (listener: (message: unknown) => void) => void;
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
