/** Every diagnostic there is: code, severity, arguments, sentence, anchor and the repairs it offers. */
import type { Repair, Severity } from './messages/define';
import { dataMessages } from './messages/dataMessages';
import { designMessages } from './messages/designMessages';
import { exportMessages } from './messages/exportMessages';
import { graphMessages } from './messages/graphMessages';
import { layerMessages } from './messages/layerMessages';
import { trainingMessages } from './messages/trainingMessages';

/** The catalogue, by code. Other languages are tables over the same codes. */
export const messages = {
  ...designMessages,
  ...graphMessages,
  ...layerMessages,
  ...dataMessages,
  ...trainingMessages,
  ...exportMessages,
};

export type MessageCode = keyof typeof messages;
export type MessageArguments<Code extends MessageCode> = Parameters<(typeof messages)[Code]['text']>[0];

/** What went wrong, said by code that does not know which node it looks at (a definition, a parser). */
export interface Problem {
  code: MessageCode;
  severity: Severity;
  message: string;
  arguments: Record<string, unknown>;
  param: string | null;
  port: string | null;
  repairs: Repair[];
}

/** A problem pinned to its place. `node` is the path of ids (`stage2/3/conv1`); null for the design as a whole. */
export interface Diagnostic extends Problem {
  node: string | null;
  /** The function that holds the node ("main" or a block's id) and the node's id in it: where a repair acts. */
  anchor: { function: string; node: string } | null;
}

export interface ProblemDetails {
  param?: string;
  port?: string;
  repairs?: Repair[];
}

export function problem<Code extends MessageCode>(
  code: Code,
  args: MessageArguments<Code>,
  details: ProblemDetails = {},
): Problem {
  const message = messages[code] as { severity: Severity; text: (args: MessageArguments<Code>) => string };
  return {
    code,
    severity: message.severity,
    message: message.text(args),
    arguments: args as Record<string, unknown>,
    param: details.param ?? null,
    port: details.port ?? null,
    repairs: details.repairs ?? [],
  };
}

export function isProblem(value: object): value is Problem {
  return typeof (value as { code?: unknown }).code === 'string';
}

/** Shows a value in a message: short, on one line, never "[object Object]". */
export function show(value: unknown): string {
  // JSON has no word for numbers that are not finite: it would say null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
