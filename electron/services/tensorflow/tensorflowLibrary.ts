/** What a folder with TensorFlow in it holds: its library, its version, and what it was built for. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tensorflowPredicates } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';

export interface TensorflowLibrary {
  /** Holds the libraries. */
  folder: string;
  /** The Python package calls it by another name than the archive for C. */
  main: 'libtensorflow_cc.so.2' | 'libtensorflow.so.2';
  /** Null where nothing beside it says so. */
  version: string | null;
  /** Null where it was built without CUDA, or does not say. */
  cuda: CudaBuild | null;
}

export interface FoundTensorflow {
  /** What names or made it, for people. */
  source: string;
  library: TensorflowLibrary;
  /** The package's own binding, linked to this library already; null where one is to be linked. */
  binding: string | null;
}

export interface CudaBuild {
  version: string;
  /** As the compiler calls them: "sm_89" runs as it is, "compute_90" is compiled for newer cards by their driver. */
  capabilities: string[];
}

const framework = 'libtensorflow_framework.so.2';
/** The interface has been the same since; older ones were not tried. */
const oldest = [2, 15];

/** The library in `folder`, or why it is not one to use, as what follows the folder's name. */
export function libraryIn(folder: string): TensorflowLibrary | string {
  const main = (['libtensorflow_cc.so.2', 'libtensorflow.so.2'] as const).find((name) => hasBytes(join(folder, name)));
  if (main === undefined) return tensorflowPredicates.noLibrary;
  if (!hasBytes(join(folder, framework))) return fill(tensorflowPredicates.lacksFramework, { library: framework });
  const version = versionBeside(folder);
  if (version !== null && !isRecent(version)) {
    return fill(tensorflowPredicates.otherVersion, { version, least: oldest.join('.') });
  }
  return { folder, main, version, cuda: cudaOf(folder) };
}

/** A download that was cut off leaves a name without bytes. */
function hasBytes(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === oldest[0] && minor >= (oldest[1] ?? 0);
}

/** pip notes what it installed in a folder of that name: tensorflow_cpu-2.21.0.dist-info. */
function versionBeside(folder: string): string | null {
  const beside = dirname(folder);
  const names = existsSync(beside) ? readdirSync(beside) : [];
  const noted = names.map((name) => /^tensorflow(?:_cpu|_intel)?-(\d[^-]*)\.dist-info$/.exec(name)?.[1]);
  return noted.find((version) => version !== undefined) ?? null;
}

/** The package says how it was built in a file for Python, one line of which is read here. */
function cudaOf(folder: string): CudaBuild | null {
  const file = join(folder, 'python', 'platform', 'build_info.py');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!/'is_cuda_build', True/.test(text)) return null;
  const version = /'cuda_version', '([\d.]+)'/.exec(text)?.[1] ?? 'unknown';
  const list = /'cuda_compute_capabilities', \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return { version, capabilities: [...list.matchAll(/'((?:sm|compute)_\d+a?)'/g)].map((found) => found[1] ?? '') };
}
