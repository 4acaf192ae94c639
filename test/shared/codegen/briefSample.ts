/** A sample that trains for a few epochs only, as a file: enough to see that a script learns. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryHome } from '../../drivers/temporaryHome';

const designs = join(__dirname, '..', '..', '..', 'assets', 'designs');

export function briefSample(name: string, epochs: number): string {
  const document = JSON.parse(readFileSync(join(designs, `${name}.netloom`), 'utf8')) as { training: object };
  const file = join(temporaryHome(), `${name}.netloom`);
  writeFileSync(file, JSON.stringify({ ...document, training: { ...document.training, epochs } }));
  return file;
}
