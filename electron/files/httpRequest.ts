/** One answer from a web server: redirects followed, silence ended, and what went wrong told apart: try again, or do not. */
import * as http from 'node:http';
import * as https from 'node:https';
import { FileProblem, systemCode } from './fileProblem';

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a byte after which the connection is given up. */
  readonly silenceMs: number;
  readonly signal?: AbortSignal;
}

/** A failure that a later attempt may not meet: a connection that was cut, silence, a server in trouble. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure';
  constructor(
    message: string,
    /** What the server asked for, if it did. */
    readonly waitMs?: number,
  ) {
    super(message);
  }
}

const mostRedirects = 5;

/** Sends a GET and returns the first answer that is no redirect, with its address. */
export async function requestFile(
  address: string,
  options: RequestOptions,
): Promise<{ response: http.IncomingMessage; address: string }> {
  let current = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await requestOnce(current, options);
    const { statusCode = 0, headers } = response;
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
      return { response, address: current };
    }
    response.destroy();
    current = redirected(current, headers.location);
  }
  throw new FileProblem('unreachable', address, `${address} was not reached: the server redirects again and again.`);
}

function redirected(from: string, location: string): string {
  let next: URL;
  try {
    next = new URL(location, from);
  } catch {
    throw new FileProblem('unreachable', from, `${from} was not reached: the server redirects to no address.`);
  }
  if (next.protocol !== 'https:' && (next.protocol !== 'http:' || from.startsWith('https:'))) {
    const message = `${from} was not reached: the server redirects to ${next.protocol}// which is not safe to follow.`;
    throw new FileProblem('unreachable', from, message);
  }
  return next.href;
}

function requestOnce(address: string, { headers, silenceMs, signal }: RequestOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = address.startsWith('https:') ? https.get : http.get;
    const request = get(address, { headers: { 'accept-encoding': 'identity', ...headers }, agent: false, signal });
    let answer: http.IncomingMessage | undefined;
    request.setTimeout(silenceMs, () => {
      const failure = new PassingFailure(`${address} has sent nothing for ${silenceMs / 1000} seconds`);
      // Once there is an answer, only it passes the reason on to whoever reads.
      if (answer) answer.destroy(failure);
      else request.destroy(failure);
    });
    request.on('response', (response) => {
      answer = response;
      resolve(response);
    });
    request.on('error', (error) => reject(requestFailure(address, error, signal)));
  });
}

/** An error of a connection as what it means for the download. */
export function requestFailure(address: string, error: unknown, signal?: AbortSignal): Error {
  if (error instanceof PassingFailure || error instanceof FileProblem) return error;
  if (signal?.aborted) return new FileProblem('cancelled', address, `The download of ${address} was cancelled.`);
  const code = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) {
    return new FileProblem(
      'unreachable',
      address,
      `${address} was not reached: its certificate is not valid (${code}).`,
    );
  }
  return new PassingFailure(`the connection to ${address} failed (${code})`);
}
