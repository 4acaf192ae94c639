/** What is written for PyTorch is as ruff lays it out, and neither ruff nor pyright find anything in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writePytorchModel } from '../../../../shared/codegen/pytorch/writePytorchModel';
import type { SourceFile } from '../../../../shared/codegen/sourceFile';
import { styleOf, writeFolders } from '../../../drivers/pythonTools';
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

async function folders(): Promise<(readonly SourceFile[])[]> {
  const whole = [...(await goldenPrograms()), ...headPrograms(), ...trainingPrograms()];
  const named = odd.map((name) => ({ program: namedProgram(Array.from({ length: nameCount }, () => name)) }));
  const alone = [...examplePrograms(), ...hardDesigns(), ...tiedDesigns()];
  return [
    ...[...whole, ...named].map(({ program }) => pytorchFolder(program).files),
    ...alone.map(({ program }) => {
      const model = writePytorchModel(program);
      if ('obstacles' in model) throw new Error(JSON.stringify(model.obstacles));
      return model.files;
    }),
  ];
}

describe('what is written for PyTorch', () => {
  it('is laid out as ruff would, and neither ruff nor pyright find anything in it', async () => {
    const written = await folders();
    expect(written.length).toBeGreaterThan(150);
    const said = await styleOf(root, writeFolders(root, written));
    expect(said).toEqual({ layout: 'fine', lint: 'fine', types: 'fine' });
  });
});
