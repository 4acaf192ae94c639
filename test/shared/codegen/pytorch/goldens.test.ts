/** What is written for every sample and every hand-written design is committed beside it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { pytorchFolder } from './pytorchFolder';

const golden = join(__dirname, '..', '..', '..', 'golden');

describe('the folder for PyTorch', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    for (const file of pytorchFolder(program).files)
      await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'pytorch', file.path));
  });
});
