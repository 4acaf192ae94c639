/** A file of generated code whose every line knows the nodes of the drawing that it came from. */

export interface SourceLine {
  readonly text: string;
  /** Paths of nodes; empty for what belongs to the whole. */
  readonly origins: readonly string[];
}

export interface SourceFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly lines: readonly SourceLine[];
}

export function linesOf(texts: readonly string[], origins: readonly string[] = []): SourceLine[] {
  return texts.map((text) => ({ text, origins }));
}

export function indented(lines: readonly SourceLine[], spaces: number): SourceLine[] {
  const margin = ' '.repeat(spaces);
  return lines.map((line) => (line.text === '' ? line : { ...line, text: margin + line.text }));
}

/** By path, what is written. */
export function textsOf(files: readonly SourceFile[]): Map<string, string> {
  return new Map(files.map((file) => [file.path, textOf(file)]));
}

/** What is written: every line ended. */
export function textOf({ lines }: SourceFile): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}
