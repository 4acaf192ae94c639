/** The window's own origin, netloom://app: the built renderer, read only, with the policy that every page of it gets. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Served } from './runtime';

export const scheme = 'netloom';
export const origin = `${scheme}://app`;
export const startPage = `${origin}/index.html`;

/**
 * Nothing from anywhere but here, no evaluation of text. Styles may stand inline because the plots, the canvas and the
 * menus set them so; a style cannot run anything, and no address but our own could be loaded by one.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const common = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Serves the files of one folder; whatever else is asked for is not found. */
export function fileAnswerer(folder: string): (request: { method: string; url: string }) => Promise<Served> {
  return async ({ method, url }) => {
    const file = method === 'GET' ? fileOf(folder, url) : null;
    if (file === null) return refused(method === 'GET' ? 404 : 405);
    const type = types[extname(file)];
    if (type === undefined) return refused(404);
    try {
      return { status: 200, headers: { ...common, 'Content-Type': type }, body: await readFile(file) };
    } catch {
      return refused(404);
    }
  };
}

/** Null for another origin, and for anything that would lead out of the folder however it is written. */
export function fileOf(folder: string, url: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(url);
    if (protocol !== `${scheme}:` || host !== 'app') return null;
    const path = decodeURIComponent(pathname);
    if (/[\0\\:]/.test(path) || path.split('/').includes('..')) return null;
    const file = normalize(join(folder, path));
    return file.startsWith(normalize(folder + sep)) ? file : null;
  } catch {
    return null;
  }
}

function refused(status: number): Served {
  return { status, headers: { ...common, 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from('') };
}
