/** Runs exported PyTorch models with given weights and samples, any number of them in one Python process. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../../electron/files/safetensors';
import { storedWeights, writeWeights } from '../../../../electron/services/export/writeWeights';
import type { ExportedModel } from '../../../../shared/codegen/exportedModel';
import { textOf } from '../../../../shared/codegen/sourceFile';
import type { Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { testPython } from '../../../drivers/testPython';

export interface PytorchJob {
  model: ExportedModel;
  program: CheckedProgram;
  values: (group: string, name: string) => Values;
  /** In the order of the inputs and outputs, in the layouts of PyTorch. */
  samples: readonly Numbers[];
  probes: readonly Numbers[];
  training: boolean;
}

/** By "first/<weight>", "outputs/<place>", "gradients/<weight>" and "after/<weight>". */
export type PytorchAnswer = { error: string } | { found: ReadonlyMap<string, StoredTensor> };

export async function runPytorch(jobs: readonly PytorchJob[]): Promise<PytorchAnswer[]> {
  const root = mkdtempSync(join(tmpdir(), 'netloom-pytorch-'));
  try {
    const folders = jobs.map((job, at) => writeJob(job, join(root, String(at))));
    const request = folders.map((folder, at) => {
      const { model, training } = jobs[at]!;
      return { folder, maker: model.maker, training };
    });
    const errors = JSON.parse(await python([join(__dirname, 'run_models.py')], request)) as Record<string, string>;
    return folders.map((folder) => {
      const error = errors[folder];
      if (error !== undefined) return { error };
      return { found: readSafetensors(diskFiles, join(folder, 'found.safetensors')).tensors };
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function writeJob({ model, program, values, samples, probes }: PytorchJob, folder: string): string {
  mkdirSync(folder);
  for (const file of model.files) writeFileSync(join(folder, file.path), textOf(file));
  const ours = new Map(weightPlaces(program).map(({ key, group, name }) => [key, values(group, name)]));
  const format = { format: 'safetensors', file: 'weights.safetensors' } as const;
  writeWeights(diskFiles, folder, format, storedWeights(model, ours));
  const tensors = new Map<string, StoredTensor>();
  samples.forEach((numbers, at) => tensors.set(`samples/${at}`, stored(numbers)));
  probes.forEach((numbers, at) => tensors.set(`probes/${at}`, stored(numbers)));
  writeSafetensors(diskFiles, join(folder, 'feed.safetensors'), { metadata: {}, tensors });
  return folder;
}

/** Whole numbers as PyTorch's scripts have them: of 64 bits. */
function stored({ shape, dtype, values }: Numbers): StoredTensor {
  if (dtype !== 'int32') return { dtype: 'F32', shape, data: Float32Array.from(values) };
  return { dtype: 'I64', shape, data: BigInt64Array.from(values.map(BigInt)) };
}

/** What it prints for an input in JSON; an error with what it complains of. */
export function python(args: readonly string[], input: unknown, options: { cwd?: string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    // One thread: tests run beside each other, and threads that wait for one another take all the time.
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    const settings = { maxBuffer: 2 ** 30, timeout: 280_000, env, ...options };
    const child = execFile(testPython(), [...args], settings, (error, stdout, stderr) => {
      if (error) reject(new Error(`${args[0] ?? 'Python'}: ${stderr || error.message}\n${stdout}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(input));
  });
}
