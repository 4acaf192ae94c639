/** What is written for PyTorch is as ruff lays it out, and neither ruff nor pyright find anything in it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writePytorchModel } from '../../../../shared/codegen/pytorch/writePytorchModel';
import { textOf, type SourceFile } from '../../../../shared/codegen/sourceFile';
import { pythonTools } from '../../../drivers/pythonTools';
import { testPython } from '../../../drivers/testPython';
import { hardDesigns } from '../hardDesigns';
import { examplePrograms, goldenPrograms, headPrograms, trainingPrograms } from '../tfjs/programsToExport';
import { nameCount, namedProgram } from './namedDesign';
import { pytorchFolder } from './pytorchFolder';
import { tiedDesigns } from './tiedDesigns';

const root = mkdtempSync(join(tmpdir(), 'netloom-pytorch-style-'));
afterAll(() => rmSync(root, { recursive: true }));

const odd = [
  '"""',
  'a "quoted" name',
  'back\\slash',
  'two\nlines',
  ' spaced ',
  '层',
  'x',
  'class',
  "it's",
  '"',
  '\u0000',
];

async function writeAll(): Promise<void> {
  const whole = [...(await goldenPrograms()), ...headPrograms(), ...trainingPrograms()];
  const named = odd.map((name) => ({ program: namedProgram(Array.from({ length: nameCount }, () => name)) }));
  const alone = [...examplePrograms(), ...hardDesigns(), ...tiedDesigns()];
  const folders = [
    ...[...whole, ...named].map(({ program }) => pytorchFolder(program).files),
    ...alone.map(({ program }) => {
      const model = writePytorchModel(program);
      if ('obstacles' in model) throw new Error(JSON.stringify(model.obstacles));
      return model.files;
    }),
  ];
  expect(folders.length).toBeGreaterThan(150);
  folders.forEach((files, at) => writeFolder(join(root, `design_${at}`), files));
}

function writeFolder(folder: string, files: readonly SourceFile[]): void {
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, file.path), textOf(file));
}

/** What a tool says, and how it ended. */
function ask(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(pythonTools(), ['-m', ...args], { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout) =>
      resolve(`${error ? `failed\n${stdout}` : 'fine'}`),
    );
  });
}

describe('what is written for PyTorch', () => {
  it('is laid out as ruff would, and neither ruff nor pyright find anything in it', async () => {
    await writeAll();
    writeFileSync(join(root, 'pyrightconfig.json'), JSON.stringify({ typeCheckingMode: 'standard' }));
    const rules = ['--select', 'E4,E7,E9,F,I,UP,B,SIM,PIE,RET,C4', '--config', 'src = ["design_*"]'];
    const said = {
      layout: await ask(['ruff', 'format', '--isolated', '--diff', '.']),
      lint: await ask(['ruff', 'check', '--isolated', '--target-version', 'py310', ...rules, '.']),
      types: await ask(['pyright', '--pythonpath', testPython(), '--pythonversion', '3.10', '.']),
    };
    expect(said).toEqual({ layout: 'fine', lint: 'fine', types: 'fine' });
  });
});
