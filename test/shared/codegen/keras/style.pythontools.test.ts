/** What is written for Keras is as ruff lays it out, and neither ruff nor pyright find anything in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeKerasModel } from '../../../../shared/codegen/keras/kerasTarget';
import type { SourceFile } from '../../../../shared/codegen/sourceFile';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { styleOf, writeFolders } from '../../../drivers/pythonTools';
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

describe('what is written for Keras', () => {
  it('is laid out as ruff would, and neither ruff nor pyright find anything in it', async () => {
    const written = await folders();
    expect(written.length).toBeGreaterThan(150);
    const said = await styleOf(root, writeFolders(root, written));
    expect(said).toEqual({ layout: 'fine', lint: 'fine', types: 'fine' });
  });
});
