/** Writes exported models with weights and samples, and runs all of them in one Python process. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { writeNpz, type NpzArray } from '../../../../electron/files/writeNpz';
import { storedWeights, writeWeights } from '../../../../electron/services/export/writeWeights';
import type { ExportedModel } from '../../../../shared/codegen/exportedModel';
import { textOf } from '../../../../shared/codegen/sourceFile';
import type { Values } from '../../../../shared/ir/emit/transform';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { Numbers } from '../../../contract/harness/exampleCase';

export interface KerasJob {
  model: ExportedModel;
  program: CheckedProgram;
  values: (group: string, name: string) => Values;
  /** By the names of inputs, and of outputs ("" where there is one). */
  samples: Record<string, Numbers>;
  probes: Record<string, Numbers>;
  /** Whether the gradient is that of a step in training. */
  training: boolean;
}

/** By "outputs/<name>", "gradients/<weight>", "after/<weight>" and "first/<weight>". */
export type KerasAnswer = { error: string } | { results: Record<string, Numbers> };

interface Encoded {
  dtype: string;
  shape: number[];
  data: string;
}

export const testPython = process.env.NETLOOM_TEST_PYTHON ?? 'python3';

/** `inspect` sees the folders before they are removed. */
export async function runKeras(
  jobs: readonly KerasJob[],
  inspect: (folder: string) => Promise<void> | void = () => undefined,
): Promise<KerasAnswer[]> {
  const root = mkdtempSync(join(tmpdir(), 'netloom-keras-'));
  try {
    const folders = jobs.map((job, at) => writeJob(job, join(root, String(at))));
    await inspect(root);
    const request = folders.map((folder, at) => ({ folder, training: jobs[at]!.training }));
    const text = await python([join(__dirname, 'run_models.py')], JSON.stringify(request));
    const errors = JSON.parse(text) as Record<string, string>;
    return folders.map((folder) => {
      const error = errors[folder];
      return error === undefined ? { results: readResults(join(folder, 'result.json')) } : { error };
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function writeJob({ model, program, values, samples, probes }: KerasJob, folder: string): string {
  mkdirSync(folder);
  for (const file of model.files) writeFileSync(join(folder, file.path), textOf(file));
  const ours = new Map(weightPlaces(program).map(({ key, group, name }) => [key, values(group, name)]));
  const format = { format: 'npz', file: 'weights.npz' } as const;
  writeWeights(diskFiles, folder, format, storedWeights(model, ours));
  const feed = new Map<string, NpzArray>();
  for (const [name, numbers] of Object.entries(samples)) feed.set(`samples/${name}`, arrayOf(numbers));
  for (const [name, numbers] of Object.entries(probes)) feed.set(`probes/${name}`, arrayOf(numbers));
  writeNpz(diskFiles, join(folder, 'feed.npz'), feed);
  return folder;
}

function arrayOf({ shape, dtype, values }: Numbers): NpzArray {
  return { shape, data: dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values) };
}

function readResults(file: string): Record<string, Numbers> {
  const encoded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Encoded>;
  return Object.fromEntries(
    Object.entries(encoded).map(([name, { shape, dtype, data }]) => {
      const bytes = new Uint8Array(Buffer.from(data, 'base64')).buffer;
      const values = dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
      return [name, { shape, dtype: dtype as Numbers['dtype'], values: [...values] }];
    }),
  );
}

/** What it prints; an error with what it complains of. */
export function python(args: readonly string[], input = '', options: { cwd?: string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = { maxBuffer: 2 ** 30, timeout: 280_000, ...options };
    const child = execFile(testPython, [...args], settings, (error, stdout, stderr) => {
      if (error) reject(new Error(`${testPython} ${args[0] ?? ''}: ${stderr || error.message}\n${stdout}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
