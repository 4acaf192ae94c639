/** The binding of tfjs-node, compiled against the headers of a TensorFlow and of Node's stable interface for addons. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { perform, tellingLine } from './perform.mjs';

/** The newest version of the interface for which tfjs-node looks, and the folder where it does. */
const nodeApi = 8;
const recipe = JSON.parse(readFileSync(new URL('../../assets/prebuilt/recipe.json', import.meta.url), 'utf8'));

/** The name of a C++ compiler that works. */
export function findCompiler(environment) {
  const compiler = environment.CXX || 'g++';
  const wayOut = 'Install one (on Debian: apt-get install g++) or name yours in CXX, then run the command again.';
  const failed = (output) => `the C++ compiler ${compiler} does not work (${tellingLine(output)}). ${wayOut}`;
  perform(compiler, ['--version'], { environment, missing: `there is no C++ compiler ${compiler}. ${wayOut}`, failed });
  return compiler;
}

/** "g++ (Debian 12.2.0-14) 12.2.0". */
export function compilerName(compiler, environment) {
  const missing = `there is no C++ compiler ${compiler}.`;
  return perform(compiler, ['--version'], { environment, missing, failed: () => missing }).split('\n')[0];
}

/** Its run path names the library's own folder, where the library finds what it needs in turn. */
export function compileBinding(compiler, folder, tensorflow, environment) {
  console.log('Compiling the binding of tfjs-node (10 s, once) ...');
  const package_ = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  const built = join(package_, 'lib', `napi-v${nodeApi}`);
  mkdirSync(built, { recursive: true });
  compile(compiler, {
    sources: join(package_, 'binding'),
    headers: join(folder, 'node_modules', 'node-api-headers', 'include'),
    tensorflow,
    runPath: tensorflow,
    made: join(built, 'tfjs_binding.node'),
    environment,
  });
}

/** As the product compiles it, where it carries none: the words are in one file for both. */
export function compile(compiler, { sources, headers, tensorflow, runPath, made, more = [], environment }) {
  const args = [
    ...recipe.words,
    ...[headers, join(tensorflow, 'include')].flatMap((path) => ['-isystem', path]),
    ...recipe.sources.map((name) => join(sources, name)),
    ...more,
    ...[`-L${tensorflow}`, '-Wl,--enable-new-dtags', `-Wl,-rpath,${runPath}`, ...recipe.libraries],
    ...['-o', made],
  ];
  perform(compiler, args, {
    environment,
    missing: `the C++ compiler ${compiler} has gone away.`,
    failed: (output) => `the binding of tfjs-node could not be compiled (${tellingLine(output)}).`,
  });
}

const product = `
const tf = require('@tensorflow/tfjs-node');
const [answer] = tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync();
if (tf.getBackend() !== 'tensorflow' || answer !== 31) throw new Error('2 · 5 + 3 · 7 is ' + answer);
`;

/** One matrix product: what cannot do that is not kept. */
export function tryBinding(folder, preload, environment) {
  perform(process.execPath, ['--require', preload, '-e', product], {
    cwd: folder,
    environment: { ...environment, TF_CPP_MIN_LOG_LEVEL: '2' },
    missing: 'Node has gone away.',
    failed: (output) => `the binding of tfjs-node was compiled but does not compute (${tellingLine(output)}).`,
  });
}
