/** What a drawing is called: its own name, else its file's, else that it has none. */
import type { DocumentState } from './documentStore';

/** The cap of the file format. */
export const longestName = 200;

export function documentName({ design, file }: Pick<DocumentState, 'design' | 'file'>, untitled: string): string {
  if (design.name.trim() !== '') return design.name.trim();
  return file === null ? untitled : fileName(file).replace(/\.netloom$/i, '');
}

/** The last part of a path of any platform. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

/** The folder of a path, without the last separator. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1));
}

/** Characters, not halves of them, so that an emoji is never cut in two. */
export function shortened(text: string, most: number): string {
  const characters = [...text.replace(/\s+/gu, ' ')];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
