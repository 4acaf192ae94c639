/** Text laid out in columns that fit the terminal; wide characters (CJK) count as the two cells they take. */
import stringWidth from 'string-width';

export interface Column {
  title: string;
  /** Stands for the title where the table would be too wide with it. */
  short?: string;
  align?: 'left' | 'right';
  /** The column that gives way when the table is too wide; without one, the widest does. */
  shrinks?: boolean;
}

/** Cuts to at most `width` cells, with an ellipsis where something was cut. Colour sequences must not be inside. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width <= 0) return '';
  let cut = '';
  let used = 0;
  for (const character of text) {
    const cells = stringWidth(character);
    if (used + cells > width - 1) break;
    cut += character;
    used += cells;
  }
  return `${cut}…`;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The cells that a text takes. Colour sequences count as nothing. */
export function cellsOf(text: string): number {
  return stringWidth(text);
}

/** A part of a line and how it is painted. */
export interface Piece {
  text: string;
  paint?: (text: string) => string;
}

/** Puts pieces side by side as long as they fit: what does not is left out, with all that follows it. */
export function joinFitting(pieces: readonly Piece[], width: number): string {
  let used = 0;
  let line = '';
  let end = 0;
  for (const { text, paint } of pieces) {
    const bare = text.trimEnd();
    if (used + cellsOf(bare) > width) break;
    used += cellsOf(text);
    line += paint && bare !== '' ? paint(bare) + text.slice(bare.length) : text;
    if (bare !== '') end = line.trimEnd().length;
  }
  return line.slice(0, end);
}

const gap = 2;

/** Lines of a table: titles, then rows; every line at most `width` cells. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const cells = columns.map((_, index) => Math.max(0, ...rows.map((row) => stringWidth(row[index] ?? ''))));
  const widthsWith = (titles: readonly string[]): number[] =>
    titles.map((title, index) => Math.max(stringWidth(title), cells[index] ?? 0));
  const total = (parts: readonly number[]): number => parts.reduce((sum, one) => sum + one, gap * (parts.length - 1));
  let titles = columns.map(({ title }) => title);
  if (total(widthsWith(titles)) > width) titles = columns.map(({ title, short }) => short ?? title);
  const widths = widthsWith(titles);
  let excess = total(widths) - width;
  while (excess > 0) {
    const candidates = widths.map((one, index) => (columns[index]?.shrinks && one > 8 ? one : 0));
    const widest = Math.max(...candidates) > 0 ? candidates : widths;
    const index = widest.indexOf(Math.max(...widest));
    const current = widths[index] ?? 0;
    if (current <= 3) break;
    widths[index] = current - 1;
    excess -= 1;
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => pad(fit(cells[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, column.align))
      .join(' '.repeat(gap))
      .trimEnd();
  return [line(titles), ...rows.map(line)];
}

/**
 * Breaks a sentence at spaces into lines of at most `width` cells; spaces at its beginning stay, later lines start with
 * `indent`. A word that is longer than a line, such as a path, stands on one of its own.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const words = text.trimStart();
  let current = text.slice(0, text.length - words.length);
  let hasWord = false;
  for (const word of words.split(' ')) {
    const joined = hasWord ? `${current} ${word}` : current + word;
    if (hasWord && stringWidth(joined) > width) {
      lines.push(current);
      current = indent + word;
    } else {
      current = joined;
    }
    hasWord = true;
  }
  return [...lines, current];
}
