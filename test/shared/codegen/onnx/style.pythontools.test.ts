/** The script that evaluates an ONNX model is as ruff lays it out, and neither ruff nor pyright find anything in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { onnxTarget } from '../../../../shared/codegen/onnx/onnxTarget';
import type { SourceFile } from '../../../../shared/codegen/sourceFile';
import type { Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { styleOf, writeFolders } from '../../../drivers/pythonTools';
import { nameCount, namedProgram } from '../pytorch/namedDesign';
import { goldenPrograms, headPrograms, trainingPrograms } from '../tfjs/programsToExport';

const root = mkdtempSync(join(tmpdir(), 'netloom-onnx-style-'));
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
  'rather a long name, too',
];

/** As the preview has it: a script does not depend on weights. */
function scriptOf(program: CheckedProgram): readonly SourceFile[] {
  const source = { file: 'design.netloom', hash: '0'.repeat(64) };
  const written = onnxTarget.write({
    program,
    source,
    values: zerosFor(program),
    opset: 18,
    version: '0',
    preview: true,
  });
  if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
  return written.folder.files.filter(({ path }) => path.endsWith('.py'));
}

function zerosFor(program: CheckedProgram): (group: string, name: string) => Values {
  const shapes = new Map(weightPlaces(program).map(({ key, spec }) => [key, spec.shape]));
  return (group, name) => {
    const shape = shapes.get(`${group}/${name}`) as readonly number[];
    return { shape, data: new Float32Array(shape.reduce((count, size) => count * size, 1)) };
  };
}

describe('what is written for ONNX', () => {
  it('is laid out as ruff would, and neither ruff nor pyright find anything in it', async () => {
    const whole = [...(await goldenPrograms()), ...headPrograms(), ...trainingPrograms()];
    const named = odd.map((name) => namedProgram(Array.from({ length: nameCount }, () => name)));
    const written = [...whole.map(({ program }) => program), ...named].map(scriptOf);
    expect(written.length).toBeGreaterThan(30);
    expect(written.every((files) => files.length === 1)).toBe(true);
    const said = await styleOf(root, writeFolders(root, written));
    expect(said).toEqual({ layout: 'fine', lint: 'fine', types: 'fine' });
  });
});
