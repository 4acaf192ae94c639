/** What the commands write to: a terminal, a pipe, or a test's recorder, with its abilities spelled out. */

export interface Terminal {
  /** Cells a line; 80 where nobody knows. Changes when the window is resized. */
  columns: () => number;
  /** Lines of the window; Infinity for a pipe. */
  rows: () => number;
  /** Whether the cursor can be moved, so that a display can be drawn over. */
  interactive: boolean;
  colour: boolean;
  /** Standard output. */
  write: (text: string) => void;
  /** Standard error: messages that are not the answer. */
  warn: (text: string) => void;
  /** Calls back when the window is resized; returns how to end that. */
  onResize: (listener: () => void) => () => void;
}

/** NO_COLOR (no-color.org) and TERM=dumb switch colour off, FORCE_COLOR switches it on. */
export function wantsColour(environment: NodeJS.ProcessEnv, interactive: boolean): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  if (environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0') return true;
  return interactive && environment.TERM !== 'dumb';
}

export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  const interactive = Boolean(stdout.isTTY) && environment.TERM !== 'dumb';
  return {
    columns: () => Math.max(20, stdout.columns || Number(environment.COLUMNS) || 80),
    rows: () => (interactive ? stdout.rows || 24 : Infinity),
    interactive,
    colour: wantsColour(environment, interactive),
    write: (text) => void stdout.write(text),
    warn: (text) => void stderr.write(text),
    onResize: (listener) => {
      stdout.on('resize', listener);
      return () => void stdout.off('resize', listener);
    },
  };
}
