/** A sample that trains for a few epochs only, as a file: enough to see that a script learns. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleDocument, withEpochs } from '../../drivers/sampleDocument';
import { temporaryHome } from '../../drivers/temporaryHome';

export function briefSample(name: string, epochs: number): string {
  const file = join(temporaryHome(), `${name}.netloom`);
  writeFileSync(file, JSON.stringify(withEpochs(sampleDocument(name), epochs)));
  return file;
}
