/** Writes a design to its file: the old file or the new one, never neither. */
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import type { Design } from '../../../shared/design/schema';
import { atomicWrite } from '../../files/atomicWrite';
import { diskFiles, type FileSystem } from '../../files/fileSystem';

/** Throws a `FileProblem` that names the file: a full disk, no permission. */
export function saveDesign(file: string, design: Design, files: FileSystem = diskFiles): void {
  atomicWrite(files, file, [Buffer.from(serialiseDesign(design), 'utf8')]);
}
