/**
 * The folder in which a prebuilt binding looks for TensorFlow. It was linked with a placeholder as long as a path may be, which
 * is overwritten in place: nothing else in the file moves, and no tool for ELF files is needed.
 */
import { tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { EngineMissing } from './engineMissing';

/** Bytes of the placeholder: what the longest path of Linux takes, without its end. */
export const placeholderLength = 4095;
const placeholder = Buffer.from(`/${'x'.repeat(placeholderLength - 1)}`);

/** The loader takes these for the end of a folder, or puts its own words in their place. */
const misread = /:|\$(ORIGIN|LIB|PLATFORM|\{)/;

/** A copy of `binding` that looks in `folder`. The rest of the placeholder becomes zeros, so equal folders give equal bytes. */
export function withRunPath(binding: Uint8Array, folder: string): Buffer {
  const path = Buffer.from(folder);
  if (path.length > placeholderLength) {
    throw new EngineMissing(
      fill(tensorflowSentences.pathTooLong, {
        ...{ length: path.length, most: placeholderLength, path: folder.slice(0, 60) },
      }),
      tensorflowSentences.shorterPath,
    );
  }
  if (misread.test(folder)) {
    throw new EngineMissing(fill(tensorflowSentences.pathMisread, { path: folder }), tensorflowSentences.otherPath);
  }
  const patched = Buffer.from(binding);
  const at = patched.indexOf(placeholder);
  if (at < 0 || patched.indexOf(placeholder, at + 1) >= 0) throw new Error('the binding has no place for a run path');
  patched.fill(0, at, at + placeholderLength);
  path.copy(patched, at);
  return patched;
}
