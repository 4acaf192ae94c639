/** Names, notes and fields of any kind never become code for Keras: the syntax trees are those of plain names. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { nastyNames, plainNames, treeShapes, type TreeShapes } from '../nastyNames';
import { namedProgram } from '../pytorch/namedDesign';
import { kerasFolder } from './kerasFolder';

/** What the files call their own. */
const words = [
  ...['keras', 'layers', 'ops', 'np', 'math', 'Any', 'Path', 'make_model', 'named weights', 'load_weights', 'name'],
  ...['index', 'model', 'outputs', 'inputs', 'targets', 'fields', 'files', 'file', 'part', 'load_data', 'FOLDER'],
  ...['ProjectionScaling', 'InOrder', 'CrossEntropy', 'ConfusionMatrix', 'step', 'best', 'kernel', 'bias', 'loss'],
];

let shapes: TreeShapes;
beforeAll(() => {
  shapes = treeShapes();
});
afterAll(() => shapes.close());

function sourcesOf(given: readonly string[]): string[] {
  const { files } = kerasFolder(namedProgram(given));
  // As a file holds it: what UTF-8 has no bytes for is replaced.
  return files
    .filter(({ path }) => path.endsWith('.py'))
    .map((file) => Buffer.from(textOf(file), 'utf8').toString('utf8'));
}

describe('names of any kind', () => {
  it('leave the shape of the syntax trees as it is', async () => {
    const expected = await shapes.of(sourcesOf(plainNames));
    expect(expected.every((shape) => /^[0-9a-f]{64}$/.test(shape))).toBe(true);
    const batch = fc.array(nastyNames(words), { minLength: 100, maxLength: 100 });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(batch, async (drawings) => {
        const found = await shapes.of(drawings.flatMap(sourcesOf));
        drawings.forEach((given, at) => {
          const own = found.slice(expected.length * at, expected.length * (at + 1));
          expect(own, JSON.stringify(given)).toEqual(expected);
        });
        seen += drawings.length;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(seen).toBeGreaterThanOrEqual(2000);
  });
});
