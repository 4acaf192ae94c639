/** Exported TypeScript is laid out as prettier lays it out, and every line of a layer says which node it came from. */
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { shareOf } from '../../../drivers/examples';
import { hardDesigns } from '../hardDesigns';
import { exportTfjs } from './exportedFolder';
import { examplePrograms, goldenPrograms, headPrograms, trainingPrograms, type NamedProgram } from './programsToExport';

const settings = { printWidth: 100, singleQuote: true };

/** Labels and files that prettier would change, each with the first line that it would. */
async function changedFiles(programs: readonly NamedProgram[]): Promise<string[]> {
  const changed: string[] = [];
  const seen = new Set<string>();
  for (const { label, program } of shareOf(programs)) {
    for (const file of exportTfjs(program).files) {
      const text = textOf(file);
      if (seen.has(text)) continue;
      seen.add(text);
      const laidOut = await format(text, { ...settings, filepath: file.path });
      const line = laidOut.split('\n').findIndex((row, at) => row !== text.split('\n')[at]);
      if (laidOut !== text) changed.push(`${label} ${file.path}:${line + 1}: ${text.split('\n')[line]}`);
    }
  }
  return changed;
}

describe('prettier changes nothing', () => {
  it('of any example of any layer', async () => {
    expect(await changedFiles(examplePrograms())).toEqual([]);
  });

  it('of any sample or hand-written design', async () => {
    expect(await changedFiles([...(await goldenPrograms()), ...hardDesigns()])).toEqual([]);
  });

  it('of any optimizer, schedule, policy, loss or metric', async () => {
    expect(await changedFiles([...trainingPrograms(), ...headPrograms()])).toEqual([]);
  });
});

describe('the lines of the model', () => {
  it('name the nodes they came from: every layer that does something has some', async () => {
    for (const { label, program } of await goldenPrograms()) {
      const model = exportTfjs(program).files.find(({ path }) => path === 'model.ts')!;
      const named = new Set(model.lines.flatMap(({ origins }) => origins));
      const wanted = program.main.nodes
        .map(({ id }) => id)
        .filter((id) => !program.heads.some(({ path }) => path === id));
      expect(
        wanted.filter((id) => !named.has(id)),
        label,
      ).toEqual([]);
    }
  });
});
