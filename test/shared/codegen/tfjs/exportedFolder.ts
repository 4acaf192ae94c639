/** An exported TensorFlow.js folder on disk, with the packages that its package.json names. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { tfjsTarget } from '../../../../shared/codegen/tfjs/tfjsTarget';
import type { CheckedProgram } from '../../../../shared/ir/program';

const source = { file: 'design.netloom', hash: '0'.repeat(64) };

/** Throws, naming the nodes, where the target lacks one. */
export function exportTfjs(program: CheckedProgram): ExportFolder {
  const values = (): never => {
    throw new Error('the target asks for values');
  };
  const exported = tfjsTarget.write({ program, source, values, opset: 18, version: '0' });
  if ('obstacles' in exported) throw new Error(exported.obstacles.map(({ name, why }) => `${name}: ${why}`).join('\n'));
  return exported.folder;
}

export function makeFolder(nodeModules: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-exported-'));
  if (nodeModules) symlinkSync(nodeModules, join(folder, 'node_modules'));
  return folder;
}

export function writeFiles(folder: string, { files }: ExportFolder): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(file));
  }
}
