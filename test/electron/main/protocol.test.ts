/** The window's own origin: its files and nothing else, whatever is tried, under the policy. */
import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, fileAnswerer, fileOf } from '../../../electron/main/protocol';
import { temporaryHome } from '../../drivers/temporaryHome';

let folder = '';
beforeEach(() => {
  const home = temporaryHome();
  folder = join(home, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'notes.md'), 'not for windows');
  writeFileSync(join(home, 'secret.json'), '{}');
  mkdirSync(join(home, 'renderer-other'));
  writeFileSync(join(home, 'renderer-other', 'a.js'), 'other');
});

const get = (url: string, method = 'GET') => fileAnswerer(folder)({ method, url });

describe('netloom://app', () => {
  it('serves the page and its scripts with their types, each under the policy', async () => {
    const html = await get('netloom://app/index.html');
    expect(html).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    const script = await get('netloom://app/assets/a.js?v=1#x');
    expect(script).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/javascript; charset=utf-8' } });
    for (const { headers } of [html, script]) {
      expect(headers['Content-Security-Policy']).toBe(contentSecurityPolicy);
      expect(headers['X-Content-Type-Options']).toBe('nosniff');
    }
  });

  it.each([
    'netloom://app/../secret.json',
    'netloom://app/%2e%2e/secret.json',
    'netloom://app/..%2fsecret.json',
    'netloom://app/..%5csecret.json',
    'netloom://app/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    'netloom://app/..%2frenderer-other/a.js',
    'netloom://app/assets/..%2findex.html',
    'netloom://app//etc/passwd',
    'netloom://app/%00index.html',
    'netloom://app/index.html%00.js',
    'netloom://app/C:%5csecret.json',
    'netloom://other/index.html',
    'https://app/index.html',
    'netloom://app/notes.md',
    'netloom://app/assets',
    'netloom://app/',
    'netloom://app/%',
    'no address',
  ])('finds nothing at %s', async (url) => {
    const { status, body, headers } = await get(url);
    expect([status, body.length]).toEqual([404, 0]);
    expect(headers['Content-Security-Policy']).toBe(contentSecurityPolicy);
  });

  it('takes nothing', async () => {
    expect((await get('netloom://app/index.html', 'POST')).status).toBe(405);
  });

  it('never leads out of its folder, whatever the path', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '..%2f', '%5c..', '/', '%00', 'C:'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = fileOf(folder, `netloom://app/${pieces.join('/')}`);
        return file === null || file.startsWith(folder + sep);
      }),
    );
  });
});

describe('the policy', () => {
  const directives = new Map(contentSecurityPolicy.split('; ').map((one) => one.split(/ (.*)/) as [string, string]));

  it('lets scripts come from nowhere but here, and evaluates no text', () => {
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe("'self'");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
    for (const [name, value] of directives) if (name !== 'style-src') expect(value).not.toContain('unsafe');
  });

  it('has no frames, no objects, no base, no forms, no connection to elsewhere', () => {
    for (const name of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action']) {
      expect(directives.get(name)).toBe("'none'");
    }
    expect(directives.get('connect-src')).toBe("'self'");
  });
});
