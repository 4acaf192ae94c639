/** The Python environments that Netloom makes: what is installed in them, how large they are, and how they are tried. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fill } from '../../../shared/messages/fill';
import { environmentWords } from '../../../shared/messages/installSentences';
import { enginesFolder } from '../../files/home';
import type { Machine } from './machine';
import { driverAtLeast, nvidiaDriver } from './nvidiaDriver';
import { pytorchBuild } from './pytorchBuild';

export const environmentNames = ['verify', 'tensorflow', 'pytorch'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** Bytes: to download, on the disk in the end, and what must be free for the time of the installation. */
export interface EnvironmentSize {
  download: number;
  disk: number;
  needed: number;
}

export interface BuildIndex {
  requirement: string;
  address: string;
  /** As people call it: "the small build of PyTorch". */
  build: string;
  settles: boolean;
}

export interface EnvironmentDefinition {
  /** What it is for, as the end of "Python environment ...". */
  purpose: string;
  /** Whom it holds, for people. */
  holds: string;
  /** Systems, as "platform-arch", that every package of the list has a build for. */
  machines: readonly string[];
  /** As pip writes them, "name==version": exact, so that two machines check with the same libraries. */
  requirements: (machine: Machine) => readonly string[];
  /**
   * PyTorch has package indices of its own for each of its builds: one that fits this machine better than what the usual
   * index has is tried first, for this one package. `settles`: an environment of another build is not this one.
   */
  buildIndex: (machine: Machine) => BuildIndex | null;
  size: (machine: Machine) => { usual: EnvironmentSize; lean: EnvironmentSize | null };
  /** The minor versions of Python 3 that every package of the list has a build for. */
  minors: readonly number[];
  /** A program that ends well only where all of it can be loaded and computes. */
  trial: string;
}

const torch = 'torch==2.14.1';
const gigabyte = 1e9;

/** TensorFlow calls its build without CUDA by another name where there is one, and is a version behind on ARM Linux. */
function tensorflow({ platform, arch }: Machine): string {
  if (platform === 'darwin') return 'tensorflow==2.21.0';
  return arch === 'arm64' ? 'tensorflow==2.20.0' : 'tensorflow-cpu==2.21.0';
}

/** On Linux the usual index has the build for NVIDIA cards, of several gigabytes. */
const smallTorch = {
  requirement: torch,
  address: 'https://download.pytorch.org/whl/cpu',
  build: environmentWords.smallTorch,
};

const verify: EnvironmentDefinition = {
  purpose: environmentWords.verifyPurpose,
  holds: environmentWords.verifyHolds,
  machines: ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64'],
  requirements: (machine) => [
    torch,
    'keras==3.12.4',
    tensorflow(machine),
    'onnx==1.23.2',
    'onnxruntime==1.23.2',
    'numpy==2.2.6',
    'safetensors==0.8.0',
  ],
  buildIndex: ({ platform }) => (platform === 'linux' ? { ...smallTorch, settles: false } : null),
  size: ({ platform }) => {
    const lean = { download: 0.6 * gigabyte, disk: 2.4 * gigabyte, needed: 4 * gigabyte };
    const usual = { download: 3.4 * gigabyte, disk: 7.3 * gigabyte, needed: 12 * gigabyte };
    return platform === 'linux' ? { usual, lean } : { usual: lean, lean: null };
  },
  minors: [13, 12, 11, 10],
  trial: `
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import numpy, onnx, onnxruntime, safetensors.numpy, torch
import keras
from onnx import helper
square = numpy.arange(4, dtype=numpy.float32).reshape(2, 2)
wanted = square @ square
shape = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [2, 2]) for name in "xy"]
graph = helper.make_graph([helper.make_node("MatMul", ["x", "x"], ["y"])], "square", shape[:1], shape[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
answers = {
    "torch": (torch.from_numpy(square) @ torch.from_numpy(square)).numpy(),
    "keras": numpy.asarray(keras.ops.matmul(square, square)),
    "onnxruntime": session.run(None, {"x": square})[0],
    "safetensors": safetensors.numpy.load(safetensors.numpy.save({"wanted": wanted}))["wanted"],
}
for name, answer in answers.items():
    if not numpy.array_equal(answer, wanted):
        raise SystemExit(name + " multiplies two matrices wrongly")
`,
};

/** The oldest driver that the CUDA 12 of the package's build for NVIDIA cards runs with. */
const oldestDriver = 525;

function takesCuda(machine: Machine): boolean {
  return machine.platform === 'linux' && machine.arch === 'x64' && driverAtLeast(nvidiaDriver(machine), oldestDriver);
}

/** Only the library in it is used, by Netloom's own process; no Python runs while a network is trained. */
const tensorflowEngine: EnvironmentDefinition = {
  purpose: fill(environmentWords.enginePurpose, { name: 'tensorflow' }),
  holds: 'TensorFlow',
  machines: ['linux-x64', 'linux-arm64'],
  requirements: (machine) => [takesCuda(machine) ? 'tensorflow[and-cuda]==2.21.0' : tensorflow(machine)],
  buildIndex: () => null,
  size: (machine) => ({
    usual: takesCuda(machine)
      ? { download: 3.4 * gigabyte, disk: 7.5 * gigabyte, needed: 12 * gigabyte }
      : { download: 0.5 * gigabyte, disk: 1.8 * gigabyte, needed: 3 * gigabyte },
    lean: null,
  }),
  minors: [13, 12, 11, 10],
  trial: `
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
square = tf.reshape(tf.range(4.0), (2, 2))
if tf.matmul(square, square).numpy().tolist() != [[2.0, 3.0], [6.0, 11.0]]:
    raise SystemExit("TensorFlow multiplies two matrices wrongly")
`,
};

const pytorchEngine: EnvironmentDefinition = {
  purpose: fill(environmentWords.enginePurpose, { name: 'pytorch' }),
  holds: 'PyTorch',
  machines: ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64'],
  requirements: () => [torch, 'numpy==2.2.6', 'safetensors==0.8.0'],
  buildIndex: (machine) => {
    const build = pytorchBuild(machine);
    if (build.index === null) return null;
    const address = `https://download.pytorch.org/whl/${build.index}`;
    return { requirement: torch, address, build: build.name, settles: true };
  },
  size: (machine) => {
    const large = { download: 3 * gigabyte, disk: 5.8 * gigabyte, needed: 10 * gigabyte };
    const small = { download: 0.3 * gigabyte, disk: 1.1 * gigabyte, needed: 2 * gigabyte };
    const { cuda } = pytorchBuild(machine);
    if (cuda) return { usual: large, lean: null };
    return machine.platform === 'linux' ? { usual: large, lean: small } : { usual: small, lean: null };
  },
  minors: [13, 12, 11, 10],
  trial: `
import numpy, safetensors.torch, torch
square = torch.arange(4, dtype=torch.float32).reshape(2, 2)
stored = safetensors.torch.load(safetensors.torch.save({"square": square}))["square"]
if (stored @ stored).numpy().tolist() != [[2.0, 3.0], [6.0, 11.0]]:
    raise SystemExit("PyTorch multiplies two matrices wrongly")
`,
};

export const environments: Record<EnvironmentName, EnvironmentDefinition> = {
  verify,
  tensorflow: tensorflowEngine,
  pytorch: pytorchEngine,
};

export function environmentFolder(home: string, name: EnvironmentName): string {
  return join(enginesFolder(home), name);
}

/** The program of an environment; its own folder lies in the one of Netloom's notes about it. */
export function environmentPython(folder: string, { platform }: Machine): string {
  const inside = platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return join(venvFolder(folder), ...inside);
}

export function venvFolder(folder: string): string {
  return join(folder, 'python');
}

/** Changes when anything that is installed changes: an environment of another list is not this one. */
export function requirementsStamp(name: EnvironmentName, machine: Machine): string {
  const { requirements, buildIndex } = environments[name];
  const build = buildIndex(machine);
  const list = [...requirements(machine), ...(build?.settles ? [build.address] : [])].join('\n');
  return createHash('sha256').update(list).digest('hex').slice(0, 16);
}
