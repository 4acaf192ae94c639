/** Reads a design file, or a design that came from elsewhere as JSON. */
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';
import { parseDesign } from '../../../shared/design/parseDesign';
import type { Design } from '../../../shared/design/schema';
import type { Json } from '../../../shared/messages/define';
import { invalidDesign } from './invalidDesign';

const largestFile = 256 * 2 ** 20;

/** Throws `FileProblem` where it cannot be read, `ServiceProblem` design-invalid where it is no design. */
export function openDesign(file: string): Design {
  return readDesignFile(file).design;
}

/** With the bytes of the file, by which a later change of it is known. Throws as `openDesign` does. */
export function readDesignFile(file: string): { design: Design; bytes: Buffer } {
  const bytes = readBytes(file);
  return { design: designFrom(bytes.toString('utf8'), file), bytes };
}

/** A document that crossed a process border or lay in a run's record; `file` is what messages call it. */
export function designOf(document: Json, file: string): Design {
  return designFrom(JSON.stringify(document), file);
}

function designFrom(text: string, file: string): Design {
  const parsed = parseDesign(text, file);
  if ('design' in parsed) return parsed.design;
  throw invalidDesign(
    parsed.problems.map((problem) => ({ ...problem, node: null, anchor: null })),
    file,
  );
}

function readBytes(file: string): Buffer {
  const facts = withFileProblems(file, 'read', () => diskFiles.facts(file));
  if (facts?.isFolder) throw new FileProblem('not-found', file, `${file} is a folder; a design file was expected.`);
  return readWhole(diskFiles, file, { most: largestFile, expected: 'a design' });
}
