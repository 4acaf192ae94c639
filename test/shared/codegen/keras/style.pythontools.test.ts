/** What is written for Keras is as ruff lays it out, and neither ruff nor pyright find anything in it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeKerasModel } from '../../../../shared/codegen/keras/kerasTarget';
import { textOf, type SourceFile } from '../../../../shared/codegen/sourceFile';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { pythonTools } from '../../../drivers/pythonTools';
import { testPython } from '../../../drivers/testPython';
import { hardDesigns } from '../hardDesigns';
import { nameCount, namedProgram } from '../pytorch/namedDesign';
import { tiedDesigns } from '../pytorch/tiedDesigns';
import { examplePrograms, goldenPrograms, headPrograms, trainingPrograms } from '../tfjs/programsToExport';
import { hierarchies } from './hierarchies';
import { kerasFolder } from './kerasFolder';

const root = mkdtempSync(join(tmpdir(), 'netloom-keras-style-'));
afterAll(() => rmSync(root, { recursive: true }));

const odd = [
  '"""',
  'a "quoted" name',
  'back\\slash',
  'two\nlines',
  '层',
  'class',
  "it's",
  '\u0000',
  'long '.repeat(30),
];

async function folders(): Promise<(readonly SourceFile[])[]> {
  const whole = [...(await goldenPrograms()), ...headPrograms(), ...trainingPrograms(), ...hierarchies()];
  const named = odd.map((name) => namedProgram(Array.from({ length: nameCount }, () => name)));
  // The loss of the others has no twin: their networks alone.
  const alone = [...examplePrograms(), ...hardDesigns(), ...tiedDesigns()];
  return [
    ...[...whole.map(({ program }) => program), ...named].map((program) => kerasFolder(program).files),
    ...alone.map(({ program }) => modelOf(program)),
  ];
}

function modelOf(program: CheckedProgram): readonly SourceFile[] {
  const model = writeKerasModel(program);
  if ('obstacles' in model) throw new Error(JSON.stringify(model.obstacles));
  return model.files;
}

/** What a tool says, and how it ended. */
function ask(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(pythonTools(), ['-m', ...args], { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout) =>
      resolve(error ? `failed\n${stdout}` : 'fine'),
    );
  });
}

describe('what is written for Keras', () => {
  it('is laid out as ruff would, and neither ruff nor pyright find anything in it', async () => {
    const written = await folders();
    expect(written.length).toBeGreaterThan(150);
    const names = written.map((_, at) => `design_${at}`);
    written.forEach((files, at) => {
      mkdirSync(join(root, `design_${at}`));
      for (const file of files) writeFileSync(join(root, `design_${at}`, file.path), textOf(file));
    });
    const settings = { typeCheckingMode: 'standard', executionEnvironments: names.map((name) => ({ root: name })) };
    writeFileSync(join(root, 'pyrightconfig.json'), JSON.stringify(settings));
    const rules = ['--select', 'E4,E7,E9,F,I,UP,B,SIM,PIE,RET,C4'];
    const said = {
      layout: await ask(['ruff', 'format', '--isolated', '--diff', '.']),
      lint: await ask([
        'ruff',
        'check',
        '--isolated',
        '--target-version',
        'py310',
        '--config',
        'src = ["design_*"]',
        ...rules,
        '.',
      ]),
      types: await ask(['pyright', '--pythonpath', testPython(), '--pythonversion', '3.10']),
    };
    expect(said).toEqual({ layout: 'fine', lint: 'fine', types: 'fine' });
  });
});
