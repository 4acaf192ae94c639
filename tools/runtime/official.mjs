/** The official Electron, downloaded once and checked against the checksums that its npm package carries. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder, makeAside, settle } from './cache.mjs';

const require = createRequire(import.meta.url);
/** Seconds until a host that says nothing counts as out of reach, first and in the middle of a download. */
const patience = { first: 15, later: 30 };
const remembered = 10 * 60 * 1000;

/** Where Electron's own installation script puts it, if somebody let it run. */
const usualPlace = () => join(dirname(require.resolve('electron/package.json')), 'dist');

/** `{folder, version}` or `{problem}`; `now` in milliseconds. */
export async function officialRuntime(options = {}) {
  const { cache = cacheFolder, installed = usualPlace(), now = Date.now(), wait = patience } = options;
  const { version, checksums = require('electron/checksums.json') } = {
    ...require('electron/package.json'),
    ...options,
  };
  const folder = join(cache, `electron-${version}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return { folder, version };
  if (statedVersion(installed) === version) return { folder: installed, version };
  const refusal = join(cache, 'download-refused.json');
  const asked = { version, mirror: process.env.ELECTRON_MIRROR ?? null };
  const before = recentRefusal(refusal, asked, now);
  if (before) return { problem: before };
  try {
    const archive = await fetchArchive(version, checksums, wait);
    await unpack(archive, folder);
    rmSync(refusal, { force: true });
    return { folder, version };
  } catch (error) {
    const reason = reasonOf(error);
    mkdirSync(cache, { recursive: true });
    writeFileSync(refusal, `${JSON.stringify({ at: now, reason, ...asked })}\n`);
    return { problem: `Electron ${version} could not be downloaded (${reason}). ${wayOut}` };
  }
}

const wayOut =
  'Check the network or the proxy settings (HTTPS_PROXY), name a mirror in ELECTRON_MIRROR, or unpack an Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.';

/** A refusal is remembered for ten minutes, so that the next start does not wait for the same silence. */
function recentRefusal(file, { version, mirror }, now) {
  try {
    const known = JSON.parse(readFileSync(file, 'utf8'));
    if (known.version !== version || known.mirror !== mirror) return null;
    if (now - known.at > remembered || now < known.at) return null;
    const minutes = Math.max(1, Math.round((now - known.at) / 60_000));
    return `Electron ${version} could not be downloaded ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ago (${known.reason}); it is tried again after ten minutes, or at once when ${file} is removed. ${wayOut}`;
  } catch {
    return null;
  }
}

async function fetchArchive(version, checksums, wait) {
  const { downloadArtifact, initializeProxy } = await import('@electron/get');
  if (process.env.HTTPS_PROXY || process.env.https_proxy) initializeProxy();
  console.log(`Downloading Electron ${version} (about 110 MB, once) ...`);
  const silence = new AbortController();
  let timer;
  const expect = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error(`no answer for ${seconds} s`)), seconds * 1000);
  };
  expect(wait.first);
  try {
    return await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums,
      cacheRoot: process.env.electron_config_cache,
      downloadOptions: {
        signal: silence.signal,
        getProgressCallback: () => {
          expect(wait.later);
          return Promise.resolve();
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Unpacked aside and renamed: a folder in the cache is always whole. */
async function unpack(archive, folder) {
  const { extract } = await import(
    createRequire(require.resolve('electron/package.json')).resolve('@electron-internal/extract-zip')
  );
  const aside = makeAside(dirname(folder));
  await extract(archive, { dir: aside });
  settle(aside, folder);
}

function statedVersion(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
}

/** The innermost cause in few words: "fetch failed" alone helps nobody. */
function reasonOf(error) {
  if (error?.name === 'HTTPError') return error.message.replace(/ for http.*$/, '');
  const cause = error?.cause ?? error;
  if (cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN') return `the host ${cause.hostname} is not known here`;
  if (/checksum/i.test(`${cause?.name} ${cause?.message}`))
    return 'what arrived is not the official file: its checksum differs';
  return String(cause?.message || cause?.code || cause);
}
