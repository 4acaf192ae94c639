/** Prints, for each folder given, the shapes of what the model there and its hand-written twin hold; started through tsx. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';

/** The network is made by the function that the module exports. */
function shapes(folder: string, file: string): string[] {
  const made = createRequire(join(folder, file))(join(folder, file)) as Record<string, () => LayersModel>;
  const model = Object.values(made)[0]?.();
  return (model?.weights ?? []).map(({ shape }) => JSON.stringify(shape)).sort();
}

const folders = process.argv.slice(2);
const found = folders.map((folder) => [shapes(folder, 'tfjs/model.ts'), shapes(folder, 'handwritten/tfjs.ts')]);
process.stdout.write(JSON.stringify(found));
