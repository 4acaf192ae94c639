/** The designs of the gallery, as they lie beside the program, the smallest first. */
import { join } from 'node:path';
import type { SampleDesign } from '../../../shared/ipc/studio/documentSchemas';
import type { Json } from '../../../shared/messages/define';
import { diskFiles } from '../../files/fileSystem';
import { openDesign } from '../designs/openDesign';

/** `assets`: the folder of bundled things. */
export function sampleDesigns(assets: string): SampleDesign[] {
  const folder = join(assets, 'designs');
  const names = diskFiles.listFolder(folder).filter((name) => name.endsWith('.netloom'));
  const opened = names.sort().map((name) => ({ name, design: openDesign(join(folder, name)) }));
  // The simplest first.
  opened.sort((a, b) => a.design.nodes.length - b.design.nodes.length);
  return opened.map(({ name, design }) => ({
    id: name.replace(/\.netloom$/, ''),
    design: JSON.parse(JSON.stringify(design)) as Json,
  }));
}
