/** Ends processes at drawn moments, and never minds that one has ended by itself. */

/** Another one every time; a failure says which. */
export const killSeed = Number(process.env.NETLOOM_SEED ?? Date.now() % 1_000_000);

/** Of a process, or of a group by its negative id. False: there is no such process any more. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
