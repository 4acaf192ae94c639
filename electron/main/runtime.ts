/** Every difference between the versions of Electron that Netloom runs on: what is there is used, by name, not by number. */
import type { CustomScheme, Event, Protocol, WebContents } from 'electron';

export interface Served {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Answers every request of a scheme; `protocol.handle` came with Electron 25. */
export function serveScheme(
  protocol: Pick<Protocol, 'registerBufferProtocol'> & Partial<Pick<Protocol, 'handle'>>,
  scheme: string,
  answer: (request: { method: string; url: string }) => Promise<Served>,
): void {
  if (protocol.handle) {
    protocol.handle(scheme, async (request) => {
      const { status, headers, body } = await answer(request);
      return new (responseClass())(body, { status, headers });
    });
    return;
  }
  protocol.registerBufferProtocol(scheme, (request, respond) => {
    void answer(request).then(({ status: statusCode, headers, body: data }) => {
      respond({ statusCode, headers, mimeType: headers['Content-Type']?.replace(/;.*/, ''), data });
    });
  });
}

type ResponseClass = new (body: Uint8Array, init: Omit<Served, 'body'>) => Response;

/** The web's `Response`, which Node 16 lacks and every runtime with `protocol.handle` has. */
function responseClass(): ResponseClass {
  const found: ResponseClass = Reflect.get(globalThis, 'Response');
  return found;
}

/** The privileges of our own scheme; a name that a version does not know is passed over. */
export function schemePrivileges(scheme: string): CustomScheme {
  return { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } };
}

/**
 * Where a dropped file lies: `webUtils` came with Electron 29, and `File.path` went with 32. Only a true file has a place:
 * an object that a script has made up to look like one has none.
 */
export function pathOfFile(file: unknown, webUtils?: { getPathForFile: (file: never) => string }): string {
  const fileClass: unknown = Reflect.get(globalThis, 'File');
  if (typeof fileClass !== 'function' || !(file instanceof fileClass)) return '';
  if (webUtils) return webUtils.getPathForFile(file as never);
  const path: unknown = 'path' in file ? file.path : '';
  return typeof path === 'string' ? path : '';
}

/** Where a navigation leads: once the second argument, now a property of the event. */
export function navigationTarget(event: Partial<{ url: string }>, url: unknown): string {
  return event.url ?? (typeof url === 'string' ? url : '');
}

/** Hears when a window's process is gone; Electron 22 still says `crashed` beside it. */
export function onRendererGone(contents: Pick<WebContents, 'on'>, listener: (reason: string) => void): void {
  contents.on('render-process-gone', (_event: Event, { reason }) => {
    if (reason !== 'clean-exit') listener(reason);
  });
}

/** The text on the clipboard; once given at once, now promised. */
export async function clipboardText(clipboard: { readText: () => string | Promise<string> }): Promise<string> {
  return clipboard.readText();
}
