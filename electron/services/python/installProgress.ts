/** How an installation goes on, read from what pip and uv write: which file comes, how much of it, what is unpacked. */

/** `total` null where it is not known. */
export interface InstallProgress {
  step: string;
  done: number;
  total: number | null;
}

/** A reader of one installer's lines; answers null for a line that tells nothing new. */
export function installProgress(): (line: string) => InstallProgress | null {
  let file = 'packages';
  return (line) => {
    const bytes = /^Progress (\d+) of (\d+)$/.exec(line);
    if (bytes) return { step: `downloading ${file}`, done: Number(bytes[1]), total: Number(bytes[2]) || null };
    const download = /^\s*Downloading (\S+?)(?:\.metadata)? \(/.exec(line);
    if (download) {
      file = nameOf(download[1] ?? file);
      return /\.metadata \(/.test(line) ? null : { step: `downloading ${file}`, done: 0, total: null };
    }
    const collecting = /^(?:Collecting|Using cached|Requirement already satisfied:) (\S+)/.exec(line);
    if (collecting) return { step: 'finding out which packages are needed', done: 0, total: null };
    const unpacking = /^Installing collected packages: (.*)$/.exec(line);
    if (unpacking) {
      const count = (unpacking[1] ?? '').split(',').length;
      return { step: `unpacking ${count} packages (a minute or more)`, done: 0, total: null };
    }
    const uv = /^(Resolved|Prepared|Installed) (\d+) packages?/.exec(line);
    return uv ? { step: `${(uv[1] ?? '').toLowerCase()} ${uv[2] ?? ''} packages`, done: 0, total: null } : null;
  };
}

/** "torch-2.15.0-cp311-cp311-manylinux_2_28_x86_64.whl" is "torch 2.15.0" to people. */
function nameOf(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const parts = /^([A-Za-z0-9_.]+?)-(\d[^-]*)/.exec(base);
  return parts ? `${parts[1] ?? ''} ${parts[2] ?? ''}` : base;
}
