/** What is written for every sample and every hand-written design is committed beside it; lines know their nodes. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { flatten } from '../../../../shared/ir/flatten';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { kerasFolder } from './kerasFolder';

const golden = join(__dirname, '..', '..', '..', 'golden');

describe('the folder for Keras', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    for (const file of kerasFolder(program).files)
      await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'keras', file.path));
  });

  it.each(goldenNames)('of %s says of every layer where it stands', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const lines = kerasFolder(program).files.flatMap((file) => file.lines);
    const named = new Set(lines.flatMap(({ origins }) => origins));
    const layers = flatten(program).map(({ path }) => path);
    expect(layers.filter((path) => !named.has(path))).toEqual([]);
  });
});
