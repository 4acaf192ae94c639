/** What is written for every sample and every hand-written design is committed beside it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeKeras } from '../../../../shared/codegen/keras/writeKeras';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';

const golden = join(__dirname, '..', '..', '..', 'golden');

describe('the folder for Keras', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const written = writeKeras(program, { file: `${name}.netloom`, hash: '0'.repeat(64) });
    if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
    for (const file of written.model.files)
      await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'keras', file.path));
  });
});
