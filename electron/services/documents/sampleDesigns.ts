/** The designs of the gallery, as they lie beside the program. */
import { join } from 'node:path';
import type { SampleDesign } from '../../../shared/ipc/studio/documentSchemas';
import type { Json } from '../../../shared/messages/define';
import { diskFiles } from '../../files/fileSystem';
import { openDesign } from '../designs/openDesign';

/** `assets`: the folder of bundled things. */
export function sampleDesigns(assets: string): SampleDesign[] {
  const folder = join(assets, 'designs');
  const names = diskFiles.listFolder(folder).filter((name) => name.endsWith('.netloom'));
  return names.sort().map((name) => ({
    id: name.replace(/\.netloom$/, ''),
    design: JSON.parse(JSON.stringify(openDesign(join(folder, name)))) as Json,
  }));
}
