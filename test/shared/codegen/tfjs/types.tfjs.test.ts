/** tsc finds nothing in exported TypeScript, read strictly with the packages that it names. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { packages } from '../../../../shared/codegen/tfjs/packageFiles';
import { exportTfjs, makeFolder, writeFiles } from './exportedFolder';
import { examplePrograms, goldenPrograms, headPrograms, trainingPrograms, type NamedProgram } from './programsToExport';
import { nodeModules } from './tfjsProcess';

/** All folders of programs at once: the library's types are read once. */
function complaints(programs: readonly NamedProgram[]): string[] {
  const exported = programs.map(({ label, program }) => ({ label, model: exportTfjs(program) }));
  const seen = new Set<string>();
  const different = exported.filter(({ model }) => {
    const text = model.files.map(textOf).join('\n');
    return seen.has(text) ? false : seen.add(text);
  });
  const folders = different.map(({ label, model }) => {
    const folder = makeFolder(nodeModules);
    writeFiles(folder, model);
    return {
      label,
      folder,
      files: model.files.filter(({ path }) => path.endsWith('.ts')).map(({ path }) => join(folder, path)),
    };
  });
  try {
    const config = JSON.parse(readFileSync(join(folders[0]!.folder, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: object;
    };
    const read = ts.convertCompilerOptionsFromJson(config.compilerOptions, folders[0]!.folder);
    expect(read.errors).toEqual([]);
    const found = ts.getPreEmitDiagnostics(
      ts.createProgram(
        folders.flatMap(({ files }) => files),
        read.options,
      ),
    );
    return found.map(({ file, messageText }) => {
      const from = folders.find(({ folder }) => file?.fileName.startsWith(folder));
      return `${from?.label ?? ''} ${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  } finally {
    for (const { folder } of folders) rmSync(folder, { recursive: true, force: true });
  }
}

describe('tsc, strictly,', () => {
  it('finds nothing in any sample, any loss, metric, optimizer, schedule or policy', async () => {
    expect(complaints([...(await goldenPrograms()), ...headPrograms(), ...trainingPrograms()])).toEqual([]);
  });

  it('finds nothing in any example of any layer', () => {
    expect(complaints(examplePrograms())).toEqual([]);
  });
});

describe('the packages', () => {
  it('are those of the tests', () => {
    const file = join(__dirname, '..', '..', '..', '..', 'tools', 'tfjsNode', 'package.json');
    const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> };
    expect(dependencies).toMatchObject({ ...packages.dependencies, ...packages.devDependencies });
  });
});
