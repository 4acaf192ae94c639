/** An exported folder trains by itself: nothing but its own files and the packages that it names. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { tfjsTarget } from '../../../../shared/codegen/tfjs/tfjsTarget';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { briefSample } from '../briefSample';
import { makeFolder } from './exportedFolder';
import { nodeModules, runNode } from './tfjsProcess';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function trained(sample: string): Promise<string> {
  // Packages are found in the folders above too.
  const packages = makeFolder(nodeModules);
  folders.push(packages);
  const folder = join(packages, 'exported');
  await exportDesign({ home: temporaryHome(), file: briefSample(sample, 6), target: tfjsTarget, to: folder });
  const ran = await runNode([join(nodeModules, 'tsx', 'dist', 'cli.mjs'), 'train.ts'], { cwd: folder });
  expect(ran.code, ran.errors).toBe(0);
  expect(existsSync(join(folder, 'trained', 'weights.bin')), 'it keeps what it learned').toBe(true);
  return ran.output;
}

function accuracyOf(output: string, part: string): number {
  return Number(new RegExp(`best: ${part} .*accuracy ([0-9.]+)`).exec(output)?.[1]);
}

describe('the training script', () => {
  it.each(['digits-cnn', 'digits-resnet'])('of %s reaches a validation accuracy of 0.95', async (sample) => {
    const output = await trained(sample);
    expect(accuracyOf(output, 'validation'), output).toBeGreaterThanOrEqual(0.95);
    expect(accuracyOf(output, 'test'), output).toBeGreaterThanOrEqual(0.93);
  });
});
