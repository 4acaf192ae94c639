/** A sample design as it stands in its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../shared/messages/define';

export const designsFolder = join(__dirname, '..', '..', 'assets', 'designs');

export interface SampleDocument {
  [name: string]: Json;
  training: { [name: string]: Json; epochs: number };
  data: { source: string };
}

export function sampleDocument(name: string): SampleDocument {
  return JSON.parse(readFileSync(join(designsFolder, `${name}.netloom`), 'utf8')) as SampleDocument;
}

/** The same, trained for another number of epochs. */
export function withEpochs(design: SampleDocument, epochs: number): SampleDocument {
  return { ...design, training: { ...design.training, epochs } };
}
