/** Written Python, held against ruff and pyright by `*.pythontools.test.ts`; without those two they are not run. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf, type SourceFile } from '../../shared/codegen/sourceFile';
import { testPython } from './testPython';

/** Rules of ruff that a careful author has on, besides its own layout. */
const rules = ['--select', 'E4,E7,E9,F,I,UP,B,SIM,PIE,RET,C4'];

/** What each tool says of the Python in a folder: "fine", or all that it finds. Every folder in it is a root of imports. */
export async function styleOf(root: string, folders: readonly string[]): Promise<Record<string, string>> {
  const environments = folders.map((folder) => ({ root: folder }));
  const settings = { typeCheckingMode: 'standard', executionEnvironments: environments };
  writeFileSync(join(root, 'pyrightconfig.json'), JSON.stringify(settings));
  const sources = `src = [${folders.map((folder) => JSON.stringify(folder)).join(', ')}]`;
  const isolated = ['--isolated', '--target-version', 'py310', '--config', sources];
  const ruff = join(tools(), 'bin', process.platform === 'win32' ? 'ruff.exe' : 'ruff');
  const pyright = join(tools(), 'node_modules', 'pyright', 'index.js');
  return {
    layout: await ask(ruff, ['format', '--isolated', '--diff', '.'], root),
    lint: await ask(ruff, ['check', ...isolated, ...rules, '.'], root),
    types: await ask(
      process.execPath,
      [pyright, '--pythonpath', testPython(), '--pythonversion', '3.10', '-p', '.'],
      root,
    ),
  };
}

/** The names of the folders, one for each list of files. */
export function writeFolders(root: string, written: readonly (readonly SourceFile[])[]): string[] {
  return written.map((files, at) => {
    const name = `design_${at}`;
    mkdirSync(join(root, name));
    for (const file of files) writeFileSync(join(root, name, file.path), textOf(file));
    return name;
  });
}

/** A folder that `node tools/pythonTools.mjs` made. */
function tools(): string {
  const folder = process.env.NETLOOM_TEST_PYTHON_TOOLS;
  if (folder) return folder;
  throw new Error(
    'NETLOOM_TEST_PYTHON_TOOLS must name a folder: node tools/pythonTools.mjs makes one and prints its path',
  );
}

function ask(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve(error ? `failed\n${stdout}${stderr}` : 'fine'),
    );
  });
}
