/** What is written for every sample and every hand-written design is committed beside it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exportTfjs } from './exportedFolder';

const golden = join(__dirname, '..', '..', '..', 'golden');

/** The others depend on the design's name at most: those of one design stand for all. */
const own = ['model.ts', 'layers.ts', 'train.ts', 'data.ts'];

describe('the folder for TensorFlow.js', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const files = exportTfjs(program).files.filter(({ path }) => name === 'digits-cnn' || own.includes(path));
    for (const file of files) await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'tfjs', file.path));
  });
});
