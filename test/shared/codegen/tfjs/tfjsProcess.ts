/** Exported models with their weights in folders, run by one process on tfjs-node. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { storedWeights, writeWeights } from '../../../../electron/services/export/writeWeights';
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { tfjsTarget } from '../../../../shared/codegen/tfjs/tfjsTarget';
import type { Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { makeFolder, writeFiles } from './exportedFolder';

export interface ModelRequest {
  folder: string;
  inputs: Numbers[];
  /** What the outputs are multiplied with, so that there is one sum to differentiate. */
  probes: Numbers[];
  /** Whether the gradient is that of a step in training. */
  training: boolean;
}

/** By "outputs/<position>", "gradients/<weight>" and "after/<weight>". */
export type ModelAnswer = { error: string } | { results: Record<string, Numbers> };

export interface ModelJob extends Omit<ModelRequest, 'folder'> {
  model: ExportFolder;
  program: CheckedProgram;
  values: (group: string, name: string) => Values;
}

/** The folder of packages; `npm test` makes it and names it. */
export const nodeModules = process.env.NETLOOM_TEST_TFJS ?? '';

export const preload = join(__dirname, '..', '..', '..', '..', 'tools', 'tfjsNode', 'olderNode.cjs');

export async function runModels(jobs: readonly ModelJob[]): Promise<ModelAnswer[]> {
  const folders = jobs.map(() => makeFolder(nodeModules));
  try {
    const requests = jobs.map(({ model, program, values, ...request }, at): ModelRequest => {
      const folder = folders[at]!;
      writeFiles(folder, model);
      const ours = new Map(weightPlaces(program).map(({ key, group, name }) => [key, values(group, name)]));
      writeWeights(diskFiles, folder, tfjsTarget.weights, storedWeights(model, ours));
      return { folder, ...request };
    });
    const script = join(__dirname, 'runModels.ts');
    const { output, errors, code } = await runNode(['--require', preload, '--import', 'tsx', script], {
      cwd: join(__dirname, '..', '..', '..', '..'),
      input: JSON.stringify(requests),
    });
    if (code !== 0) throw new Error(errors);
    return JSON.parse(output) as ModelAnswer[];
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

export interface Ran {
  code: number | null;
  output: string;
  errors: string;
}

export function runNode(args: readonly string[], options: { cwd: string; input?: string }): Promise<Ran> {
  const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, args, { cwd: options.cwd, env: environment });
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(options.input ?? '');
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: text(output), errors: text(errors) }));
  });
}
