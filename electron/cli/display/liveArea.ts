/** Lines at the bottom of a terminal that are drawn over in place, so that a display can live there. */
import stringWidth from 'string-width';
import type { Terminal } from './terminal';

export interface LiveArea {
  /** Replaces what stands there. On a pipe nothing is drawn. */
  draw: (lines: readonly string[]) => void;
  /** Writes lines that stay, above the area. */
  print: (lines: readonly string[]) => void;
  /** Leaves what stands there and goes on below it. */
  close: () => void;
}

const up = (count: number): string => (count > 0 ? `\u001b[${count}A` : '');
const clearDown = '\r\u001b[0J';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

export function liveArea(terminal: Terminal): LiveArea {
  let drawn: readonly string[] = [];
  let open = false;
  // After the window became narrower the terminal has wrapped long lines: count the rows they take now.
  const rowsOf = (line: string): number => Math.max(1, Math.ceil(stringWidth(line) / terminal.columns()));
  const erase = (): string => {
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line), 0);
    return rows > 0 ? up(rows) + clearDown : '';
  };
  const redraw = (lines: readonly string[], above: readonly string[]): void => {
    const stay = above.map((line) => `${line}\n`).join('');
    if (!terminal.interactive) {
      if (stay !== '') terminal.write(stay);
      return;
    }
    const start = open ? '' : hideCursor;
    open = true;
    // One write a frame: a terminal that paints between two writes would flicker.
    const visible = lines.slice(0, Math.max(1, terminal.rows() - 1));
    terminal.write(start + erase() + stay + visible.map((line) => `${line}\n`).join(''));
    drawn = visible;
  };
  return {
    draw: (lines) => redraw(lines, []),
    print: (lines) => redraw(drawn, lines),
    close: () => {
      if (open) terminal.write(showCursor);
      open = false;
      drawn = [];
    },
  };
}
