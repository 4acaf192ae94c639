/** Parts of exported training scripts, called in one process on tfjs-node. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { exportTfjs, makeFolder, writeFiles } from './exportedFolder';
import { nodeModules, preload, runNode } from './tfjsProcess';

export interface TrainingRequest {
  folder: string;
  /** An output and a target whose loss and metrics are asked for. */
  judged: { output: Numbers; target: Numbers } | null;
  /** Steps of the optimizer, each with gradients that depend on its number alone. */
  gradients: number[];
  /** One update of \`trainStep\` from these. */
  batches: { size: number; inputs: Numbers[]; targets: Numbers[] }[];
}

type ByWeight = Record<string, Numbers>;

export interface TrainingAnswer {
  measures: Record<string, Numbers>;
  before: ByWeight;
  /** After each of the steps. */
  weights: ByWeight[];
  /** Of each batch, at the weights before. */
  gradients: ByWeight[];
  /** After the update. */
  after: ByWeight;
}

export type TrainingJob = Omit<TrainingRequest, 'folder'> & { program: CheckedProgram };

export async function runTraining(jobs: readonly TrainingJob[]): Promise<TrainingAnswer[]> {
  const folders = jobs.map(() => makeFolder(nodeModules));
  try {
    const requests = jobs.map(({ program, ...request }, at): TrainingRequest => {
      writeFiles(folders[at]!, exportTfjs(program));
      return { folder: folders[at]!, ...request };
    });
    const script = join(__dirname, 'runTraining.ts');
    const { output, errors, code } = await runNode(['--require', preload, '--import', 'tsx', script], {
      cwd: join(__dirname, '..', '..', '..', '..'),
      input: JSON.stringify(requests),
    });
    if (code !== 0) throw new Error(errors);
    return JSON.parse(output) as TrainingAnswer[];
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
