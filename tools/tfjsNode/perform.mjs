/** Runs a command to its end; what went wrong is a sentence. */
import { spawnSync } from 'node:child_process';

const minute = 60_000;

/** Its standard output. `missing` is said where there is no such command, `failed(output)` where it ends badly. */
export function perform(command, args, { missing, failed, cwd, environment = process.env, minutes = 15 }) {
  const options = { cwd, env: environment, encoding: 'utf8', timeout: minutes * minute, maxBuffer: 2 ** 26 };
  const result = spawnSync(command, args, options);
  if (result.error?.code === 'ENOENT') throw new Error(missing);
  if (result.error?.code === 'ETIMEDOUT') throw new Error(`${command} did not end within ${minutes} minutes.`);
  if (result.error) throw new Error(`${command} could not be run (${result.error.message}).`);
  if (result.status !== 0) throw new Error(failed(`${result.stdout}\n${result.stderr}`.trim()));
  return result.stdout;
}

/** The line that says most: the last that speaks of an error, else the last of all. */
export function tellingLine(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it says nothing').trim();
}
