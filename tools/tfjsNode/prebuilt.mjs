/**
 * `node tools/tfjsNode/prebuilt.mjs`: compiles the binding that Netloom carries for Linux on x86-64 and notes its checksum.
 * The same compiler and the same sources give the same bytes, wherever they lie. `--check` writes nothing and compares.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environmentHome } from '../pythonEnvironment.mjs';
import { compile, compilerName, findCompiler } from './binding.mjs';
import { findTensorFlow } from './tensorflow.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'assets', 'prebuilt');
const binary = join(folder, 'tfjs-binding-linux-x64.node');
const note = join(folder, 'tfjs-binding-linux-x64.json');
/** As long as a path may be; overwritten with the true folder when the binding is linked to a library. */
const placeholder = `/${'x'.repeat(4094)}`;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** `{bytes, note}`. `packages`: the node_modules with tfjs-node-gpu and the headers of Node's interface. */
export function buildPrebuilt({ packages = join(root, 'node_modules'), environment = process.env } = {}) {
  const compiler = findCompiler(environment);
  const tensorflow = findTensorFlow(environmentHome(environment), environment);
  const aside = mkdtempSync(join(tmpdir(), 'netloom-prebuilt-'));
  try {
    const made = join(aside, 'tfjs_binding.node');
    compile(compiler, {
      sources: join(packages, '@tensorflow', 'tfjs-node-gpu', 'binding'),
      headers: join(packages, 'node-api-headers', 'include'),
      tensorflow: tensorflow.folder,
      runPath: placeholder,
      made,
      // No paths of this machine, no checksum of the linker's own, no names that only debuggers read.
      more: [
        ...[packages, tensorflow.folder, aside].map((path) => `-ffile-prefix-map=${path}=.`),
        ...['-Wl,--build-id=none', '-s', fileURLToPath(new URL('olderLibrary.cc', import.meta.url))],
      ],
      environment,
    });
    const bytes = readFileSync(made);
    const versionOf = (name) => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).version;
    const from = {
      'tfjs-node-gpu': versionOf('@tensorflow/tfjs-node-gpu'),
      'node-api-headers': versionOf('node-api-headers'),
      tensorflow: tensorflow.version,
      compiler: compilerName(compiler, environment),
    };
    return { bytes, note: { sha256: sha256(bytes), from } };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = buildPrebuilt();
  if (process.argv.includes('--check')) {
    const same = built.bytes.equals(readFileSync(binary));
    console.log(
      same ? 'The binding is the one that is carried.' : 'Another binding came out than the one that is carried.',
    );
    console.log(`carried: ${readFileSync(note, 'utf8').trim()}\nmade: ${JSON.stringify(built.note)}`);
    process.exit(same ? 0 : 1);
  }
  writeFileSync(binary, built.bytes);
  writeFileSync(note, `${JSON.stringify(built.note, null, 2)}\n`);
  console.log(`${binary}: ${built.bytes.length} bytes, ${built.note.sha256}`);
}
