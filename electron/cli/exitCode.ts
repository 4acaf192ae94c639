/** What the exit code of every command means; the README has the same table. */

export const exitCode = {
  done: 0,
  /** The design has errors, the run failed, or the thing asked for is not there. */
  failed: 1,
  /** The command line itself is wrong: an unknown command, flag or value. */
  usage: 2,
  /** Something outside Netloom is missing: an engine, a download, disk space. */
  unavailable: 3,
  /** Ctrl+C: stopped cleanly, the run is kept. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
