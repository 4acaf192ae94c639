/**
 * A tfjs-node for the tests, on which exported TensorFlow.js folders are run: its binding is compiled here and linked to the
 * TensorFlow library of a Python wheel, because the one it would download is refused in many places. It lies
 * beside the Python of the tests, so that all checkouts share it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { environmentHome } from './pythonEnvironment.mjs';
import { makeAside, settle } from './runtime/cache.mjs';
import { compileBinding, findCompiler, tryBinding } from './tfjsNode/binding.mjs';
import { installPackages } from './tfjsNode/packages.mjs';
import { findTensorFlow, isWhole } from './tfjsNode/tensorflow.mjs';

const parts = fileURLToPath(new URL('tfjsNode/', import.meta.url));

/** With `node --require`: gives newer versions of Node back what tfjs-node asks of them. */
export const preload = join(parts, 'olderNode.cjs');

/** `{folder, nodeModules, tensorflow}`, or `{problem}`: one sentence that says what is missing and the way out. */
export async function findTfjsNode({
  environment = process.env,
  cache = environmentHome(environment),
  platform = `${process.platform}-${process.arch}`,
} = {}) {
  if (platform !== 'linux-x64') {
    return { problem: `The tests' tfjs-node is made for Linux on x86-64 only, this is ${platform}.` };
  }
  const folder = join(cache, folderName());
  const ready = readStamp(folder);
  if (ready) return ready;
  try {
    mkdirSync(cache, { recursive: true });
    return await withLock(join(cache, 'tfjs-node.lock'), () => readStamp(folder) ?? make(folder, cache, environment));
  } catch (error) {
    return { problem: `The tests' tfjs-node could not be made: ${error.message}` };
  }
}

/** Whatever goes into it is in its name: another list of packages or another way to compile is another folder. */
export function folderName() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'binding.mjs', '../../assets/prebuilt/recipe.json'])
    hash.update(readFileSync(join(parts, file)));
  return `tfjs-node-${hash.digest('hex').slice(0, 12)}`;
}

/** What was asked for most cheaply comes first: nothing is downloaded where there is no compiler. */
function make(folder, cache, environment) {
  for (const name of readdirSync(cache)) {
    if (name.startsWith('aside-')) rmSync(join(cache, name), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  const compiler = findCompiler(environment);
  const tensorflow = findTensorFlow(cache, environment);
  const aside = makeAside(cache);
  try {
    installPackages(parts, aside, environment);
    compileBinding(compiler, aside, tensorflow.folder, environment);
    tryBinding(aside, preload, environment);
    writeFileSync(join(aside, 'stamp.json'), `${JSON.stringify({ tensorflow })}\n`);
    settle(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return readStamp(folder);
}

/** The stamp is written last. Where the library that was linked is gone, what was made of it is worth nothing. */
function readStamp(folder) {
  const file = join(folder, 'stamp.json');
  if (!existsSync(file)) return null;
  try {
    const { tensorflow } = JSON.parse(readFileSync(file, 'utf8'));
    return isWhole(tensorflow.folder) ? { folder, nodeModules: join(folder, 'node_modules'), tensorflow } : null;
  } catch {
    return null;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await findTfjsNode();
  console.log(found.problem ?? `tfjs-node on TensorFlow ${found.tensorflow.version}: ${found.nodeModules}`);
  process.exit(found.problem ? 1 : 0);
}
