/** How an installation goes on, read from what pip and uv write: which file comes, how much of it, what is unpacked. */

import { fill } from '../../../shared/messages/fill';
import { installSteps } from '../../../shared/messages/installSentences';

/** `total` null where it is not known. */
export interface InstallProgress {
  step: string;
  done: number;
  total: number | null;
}

/** What is smaller is not worth a line of its own. */
const smallest = 20;

const uvSteps: Record<string, typeof installSteps.resolved | typeof installSteps.prepared> = {
  Resolved: installSteps.resolved,
  Prepared: installSteps.prepared,
};

/** A reader of one installer's lines; answers null for a line that tells nothing new. */
export function installProgress(): (line: string) => InstallProgress | null {
  let downloading = '';
  const step = (text: string): InstallProgress => ({ step: text, done: 0, total: null });
  return (line) => {
    const bytes = /^Progress (\d+) of (\d+)$/.exec(line);
    if (bytes && downloading !== '') {
      return { step: downloading, done: Number(bytes[1]), total: Number(bytes[2]) || null };
    }
    const download = /^\s*Downloading (\S+) \(([\d.]+) ?([kKMG])i?B\)/.exec(line);
    if (download) {
      const [, file = '', size = '', unit = ''] = download;
      const large = unit === 'G' || (unit === 'M' && Number(size) >= smallest);
      downloading = large
        ? fill(installSteps.downloading, { file: nameOf(file), size: `${size} ${unit}B` })
        : installSteps.downloadingRest;
      return file.endsWith('.metadata') ? null : step(downloading);
    }
    if (/^(Collecting|Using cached|Requirement already satisfied)/.test(line) && downloading === '') {
      return step(installSteps.finding);
    }
    const unpacking = /^Installing collected packages: (.*)$/.exec(line);
    if (unpacking) {
      const count = (unpacking[1] ?? '').split(',').length;
      return step(count < 10 ? installSteps.unpacking : fill(installSteps.unpackingMany, { count }));
    }
    const uv = /^(Resolved|Prepared|Installed) (\d+) packages?/.exec(line);
    if (!uv) return null;
    const [, done = '', count = ''] = uv;
    return step(fill(uvSteps[done] ?? installSteps.put, { count }));
  };
}

/** "torch-2.15.0-cp311-cp311-manylinux_2_28_x86_64.whl" is "torch 2.15.0" to people. */
function nameOf(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const parts = /^([A-Za-z0-9_.]+?)-(\d[^-]*)/.exec(base);
  return parts ? `${parts[1] ?? ''} ${parts[2] ?? ''}` : base;
}
