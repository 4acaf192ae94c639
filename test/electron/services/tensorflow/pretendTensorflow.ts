/** Folders that look like a TensorFlow, as far as Netloom looks before it loads one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Pretended {
  main?: string;
  version?: string | null;
  /** The text of a CUDA build's own file. */
  build?: string;
}

export const cudaBuild =
  "build_info = collections.OrderedDict([('cpu_compiler', 'clang 18'), ('cuda_compute_capabilities', ['sm_60', 'sm_70', " +
  "'sm_80', 'sm_89', 'compute_90']), ('cuda_version', '12.5.1'), ('cudnn_version', '9'), ('is_cuda_build', True), " +
  "('is_rocm_build', False), ('is_tensorrt_build', False)])\n";

/** Returns the folder. */
export function pretendTensorflow(folder: string, pretended: Pretended = {}): string {
  const { main = 'libtensorflow_cc.so.2', version = '2.21.0', build } = pretended;
  mkdirSync(join(folder, 'python', 'platform'), { recursive: true });
  for (const name of [main, 'libtensorflow_framework.so.2']) writeFileSync(join(folder, name), 'a library');
  if (build) writeFileSync(join(folder, 'python', 'platform', 'build_info.py'), build);
  if (version) mkdirSync(join(dirname(folder), `tensorflow_cpu-${version}.dist-info`), { recursive: true });
  return folder;
}

/** In the folder of an environment of Python. */
export function inPython(environment: string, pretended: Pretended = {}): string {
  return pretendTensorflow(join(environment, 'lib', 'python3.11', 'site-packages', 'tensorflow'), pretended);
}
