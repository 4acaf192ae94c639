/** The hand-written twins are the same networks: tsc finds nothing in them, and they hold weights of the same shapes. */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { packageFiles } from '../../../../shared/codegen/tfjs/packageFiles';
import { makeFolder } from './exportedFolder';
import { nodeModules, preload, runNode } from './tfjsProcess';

const golden = join(__dirname, '..', '..', '..', 'golden');
const names = readdirSync(golden).filter((name) => existsSync(join(golden, name, 'handwritten', 'tfjs.ts')));

/** The goldens with the packages beside them. */
const root = makeFolder(nodeModules);
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const name of names) {
  for (const part of ['tfjs', 'handwritten'])
    cpSync(join(golden, name, part), join(root, name, part), { recursive: true });
}

it('tsc, strictly, finds nothing in a twin', () => {
  const config = packageFiles('twins', true).find(({ path }) => path === 'tsconfig.json')!;
  const { compilerOptions } = JSON.parse(textOf(config)) as { compilerOptions: object };
  const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  expect(errors).toEqual([]);
  const files = names.map((name) => join(root, name, 'handwritten', 'tfjs.ts'));
  const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
});

it('a twin holds weights of the same shapes', async () => {
  const script = join(__dirname, 'twinShapes.ts');
  const folders = names.map((name) => join(root, name));
  const { output, errors, code } = await runNode(['--require', preload, '--import', 'tsx', script, ...folders], {
    cwd: join(__dirname, '..', '..', '..', '..'),
  });
  expect(code, errors).toBe(0);
  const found = JSON.parse(output) as [string[], string[]][];
  expect(found).toHaveLength(5);
  for (const [at, [ours, theirs]] of found.entries()) {
    expect(ours.length).toBeGreaterThan(3);
    expect(ours, names[at]).toEqual(theirs);
  }
});
