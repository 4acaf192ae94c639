/**
 * A binding of tfjs-node that finds a given TensorFlow: the one that Netloom carries, told where to look, else one that is
 * compiled here. It lies in Netloom's home, by what is in it, so that a torn or foreign file is never taken for it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { engineSentences, tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { atomicWrite } from '../../files/atomicWrite';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles, type FileSystem } from '../../files/fileSystem';
import { enginesFolder } from '../../files/home';
import { assetsFolder } from '../data/assetsFolder';
import type { Machine } from '../python/machine';
import { compileBinding } from './compileBinding';
import { EngineMissing } from './engineMissing';
import { withRunPath } from './runPath';
import type { TensorflowLibrary } from './tensorflowLibrary';

const noteSchema = z.object({ sha256: z.string() });

export interface LinkWish {
  library: TensorflowLibrary;
  home: string;
  /** Of the installed tfjs-node-gpu, which carries the sources. */
  packageFolder: string;
  machine?: Machine;
  /** Holds `prebuilt`. */
  assets?: string;
  files?: FileSystem;
}

/** The file to load. Throws `EngineMissing`, or `FileProblem` where it cannot be written. */
export async function linkBinding(wish: LinkWish): Promise<string> {
  const { library, home, machine = process, assets = assetsFolder(), files = diskFiles } = wish;
  const links = join(enginesFolder(home), 'tensorflow-binding');
  const folder = library.main === 'libtensorflow.so.2' ? archiveLinks(links, library.folder) : library.folder;
  const prebuilt = join(assets, 'prebuilt', `tfjs-binding-${machine.platform}-${machine.arch}.node`);
  if (!existsSync(prebuilt)) return compileBinding({ ...wish, folder, links });
  const bytes = withRunPath(checked(prebuilt), folder);
  const place = join(links, digest(bytes).slice(0, 16));
  const file = join(place, 'tfjs_binding.node');
  if (!holds(file, bytes)) {
    withFileProblems(place, 'write', () => files.makeFolder(place));
    atomicWrite(files, file, [bytes]);
  }
  return file;
}

function holds(file: string, bytes: Buffer): boolean {
  return existsSync(file) && readFileSync(file).equals(bytes);
}

/** What is loaded into this process is what was built: its checksum was noted beside it then. */
function checked(file: string): Buffer {
  const note = file.replace(/node$/, 'json');
  const bytes = withFileProblems(file, 'read', () => readFileSync(file));
  const { sha256 } = noteSchema.parse(JSON.parse(withFileProblems(note, 'read', () => readFileSync(note, 'utf8'))));
  if (digest(bytes) === sha256) return bytes;
  throw new EngineMissing(fill(tensorflowSentences.bindingDamaged, { file }), engineSentences.installNetloom);
}

/** The archive for C calls its library otherwise than the Python package; a link of that name is all that it needs. */
function archiveLinks(links: string, library: string): string {
  const folder = join(links, `archive-${digest(Buffer.from(library)).slice(0, 16)}`);
  withFileProblems(folder, 'write', () => {
    mkdirSync(folder, { recursive: true });
    const names = { 'libtensorflow_cc.so.2': 'libtensorflow.so.2', 'libtensorflow_framework.so.2': '' };
    for (const [name, target] of Object.entries(names)) {
      if (!existsSync(join(folder, name))) symlinkSync(join(library, target || name), join(folder, name));
    }
  });
  return folder;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
