/** Tries in the page what an attacker's script would try, and holds the app to having refused it aloud. */
import { createServer, type AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Studio } from './launch';
import { until } from './waiting';

/**
 * Runs it in the page as a script of the page would run: a moment later, because what the test's own connection calls may
 * evaluate text whatever the policy says. It must not use anything from outside but `given`.
 */
export async function inPage<Result, Given = undefined>(
  page: Page,
  payload: (given: Given) => Result | Promise<Result>,
  given?: Given,
): Promise<Result> {
  const source = `new Promise((go) => setTimeout(go)).then(() => (${payload.toString()})(${JSON.stringify(given)}))`;
  return page.evaluate<Result>(source);
}

/** Waits until each was said, and takes them all out of the record: anything else that was said still fails the story. */
export async function saidRefusals({ errors }: Studio, ...patterns: readonly RegExp[]): Promise<void> {
  for (const pattern of patterns) {
    await until(
      `the refusal ${String(pattern)}; said was: ${errors.join('\n')}`,
      () => errors.some((said) => pattern.test(said)),
      5,
    );
  }
  const others = errors.filter((said) => !patterns.some((pattern) => pattern.test(said)));
  errors.splice(0, errors.length, ...others);
}

export interface Witness {
  /** `127.0.0.1:40123`. */
  address: string;
  /** The first bytes of everybody who called. */
  calls: string[];
  close: () => Promise<void>;
}

/** A server that only notes who calls: what the page tries to reach. */
export async function startWitness(): Promise<Witness> {
  const calls: string[] = [];
  const server = createServer((socket) => {
    const call = calls.push('') - 1;
    socket.on('data', (bytes) => (calls[call] = bytes.toString('latin1').slice(0, 200)));
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The page is where it was, and one window is all there is. */
export async function nothingMoved(studio: Studio, witness: Witness): Promise<void> {
  expect(studio.page.url()).toBe('netloom://app/index.html');
  expect(await studio.page.locator('[data-start]').count()).toBe(1);
  expect(await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(witness.calls).toEqual([]);
}
