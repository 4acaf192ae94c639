/** What differs between the versions of Electron, tried against stand-ins for the oldest and the newest. */
import type { Protocol } from 'electron';
import { describe, expect, it } from 'vitest';
import {
  clipboardText,
  navigationTarget,
  onRendererGone,
  pathOfFile,
  schemePrivileges,
  serveScheme,
  type Served,
} from '../../../electron/main/runtime';

const page: Served = {
  status: 404,
  headers: { 'Content-Type': 'text/html; charset=utf-8', 'X-Policy': 'strict' },
  body: Buffer.from('<p>none</p>'),
};

describe('a scheme of our own', () => {
  it('is answered by protocol.handle where there is one', async () => {
    const answers: ((request: Request) => Promise<Response>)[] = [];
    const protocol = {
      handle: (_scheme: string, answer: (request: Request) => Promise<Response>) => void answers.push(answer),
      registerBufferProtocol: () => {
        throw new Error('is no longer there');
      },
    };
    const asked: string[] = [];
    serveScheme(protocol, 'netloom', ({ method, url }) => {
      asked.push(`${method} ${url}`);
      return Promise.resolve(page);
    });
    const response = await answers[0]?.(new Request('netloom://app/x.html'));
    expect(asked).toEqual(['GET netloom://app/x.html']);
    expect(response?.status).toBe(404);
    expect(response?.headers.get('x-policy')).toBe('strict');
    expect(await response?.text()).toBe('<p>none</p>');
  });

  it('is answered by a buffer protocol in Electron 22', async () => {
    const told = await new Promise((resolve) => {
      const registerBufferProtocol = (
        _scheme: string,
        answer: (request: { method: string; url: string }, respond: (response: unknown) => void) => void,
      ): boolean => {
        answer({ method: 'GET', url: 'netloom://app/x.html' }, resolve);
        return true;
      };
      serveScheme({ registerBufferProtocol } as unknown as Protocol, 'netloom', () => Promise.resolve(page));
    });
    expect(told).toEqual({ statusCode: 404, headers: page.headers, mimeType: 'text/html', data: page.body });
  });

  it('is a secure standard scheme, and may not go around the policy', () => {
    const { privileges } = schemePrivileges('netloom');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges).not.toHaveProperty('bypassCSP');
    expect(privileges).not.toHaveProperty('allowServiceWorkers');
  });
});

describe('a dropped file', () => {
  it('tells its place by webUtils, or by itself in Electron 22', () => {
    const file = Object.assign(new File([], 'a'), { path: '/home/me/a.netloom' });
    expect(pathOfFile(file)).toBe('/home/me/a.netloom');
    expect(pathOfFile(file, { getPathForFile: () => '/by/utils' })).toBe('/by/utils');
    expect(pathOfFile(new File([], 'made in the page'))).toBe('');
  });

  it('has no place when a script has only made it up', () => {
    for (const forged of [null, 3, {}, { path: 7 }, { path: '/etc/passwd' }]) {
      expect(pathOfFile(forged)).toBe('');
      expect(pathOfFile(forged, { getPathForFile: () => '/by/utils' })).toBe('');
    }
  });
});

describe('an event', () => {
  it('names where a navigation leads, in either form', () => {
    expect(navigationTarget({ url: 'https://new' }, undefined)).toBe('https://new');
    expect(navigationTarget({}, 'https://old')).toBe('https://old');
    expect(navigationTarget({}, undefined)).toBe('');
  });

  it('of a page whose process is gone is heard, but not of one that ended', () => {
    const reasons: string[] = [];
    const listeners: ((event: unknown, details: { reason: string }) => void)[] = [];
    const contents = { on: (_name: string, listener: (typeof listeners)[0]) => void listeners.push(listener) };
    onRendererGone(contents as never, (reason) => reasons.push(reason));
    for (const reason of ['crashed', 'clean-exit', 'oom']) listeners[0]?.({}, { reason });
    expect(reasons).toEqual(['crashed', 'oom']);
  });

  it('text of the clipboard comes at once or later', async () => {
    expect(await clipboardText({ readText: () => 'now' })).toBe('now');
    expect(await clipboardText({ readText: () => Promise.resolve('later') })).toBe('later');
  });
});
