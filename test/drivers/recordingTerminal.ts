/** A terminal for tests: records what is written and plays the cursor movements that the live display uses. */
import type { Terminal } from '../../electron/cli/display/terminal';

export interface RecordingTerminal extends Terminal {
  /** Everything written to standard output and standard error, as it came. */
  output: () => string;
  errors: () => string;
  /** The lines a person would see now, colours removed. */
  screen: () => string[];
  resize: (columns: number, rows?: number) => void;
}

export interface TerminalSettings {
  columns?: number;
  rows?: number;
  interactive?: boolean;
  colour?: boolean;
}

export function recordingTerminal(settings: TerminalSettings = {}): RecordingTerminal {
  const { interactive = false, colour = false } = settings;
  let { columns = 80, rows = interactive ? 40 : Infinity } = settings;
  let output = '';
  let errors = '';
  let screen = [''];
  const listeners = new Set<() => void>();
  return {
    columns: () => columns,
    rows: () => rows,
    interactive,
    colour,
    write: (text) => {
      output += text;
      screen = played(screen, text, columns);
    },
    warn: (text) => {
      errors += text;
    },
    onResize: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    output: () => output,
    errors: () => errors,
    screen: () => screen,
    resize: (width, height = rows) => {
      columns = width;
      rows = height;
      screen = screen.flatMap((line) => wrapped(line, width));
      for (const listener of listeners) listener();
    },
  };
}

/** The screen after a text: lines wrap at the width; cursor-up and clear-to-end are obeyed, other sequences dropped. */
function played(screen: readonly string[], text: string, columns: number): string[] {
  const lines = [...screen];
  for (const [piece] of text.matchAll(/\u001b\[\??\d*[A-Za-z]|\n|\r|[^\u001b\n\r]+/g)) {
    const up = /^\u001b\[(\d+)A$/.exec(piece);
    const last = lines.length - 1;
    if (piece === '\n') lines.push('');
    else if (up) lines.splice(Math.max(0, last - Number(up[1])), Infinity, '');
    else if (!piece.startsWith('\u001b') && piece !== '\r')
      lines.splice(last, 1, ...wrapped(`${lines[last]}${piece}`, columns));
  }
  return lines;
}

function wrapped(line: string, columns: number): string[] {
  const cells = [...line];
  const rows = Math.max(1, Math.ceil(cells.length / columns));
  return Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns).join(''));
}
