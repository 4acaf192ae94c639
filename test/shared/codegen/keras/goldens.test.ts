/** What is written for every sample and every hand-written design is committed beside it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kerasTarget } from '../../../../shared/codegen/keras/kerasTarget';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';

const golden = join(__dirname, '..', '..', '..', 'golden');

function noValues(): never {
  throw new Error('Keras keeps its weights in a file of their own');
}

describe('the folder for Keras', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const source = { file: `${name}.netloom`, hash: '0'.repeat(64) };
    const written = kerasTarget.write({ program, source, values: noValues, opset: 18, version: '0' });
    if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
    for (const file of written.folder.files)
      await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'keras', file.path));
  });
});
