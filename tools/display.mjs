/** A display without a screen: Xvfb on the first free number, ended with us. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * `{name, picture, stop}`. The server picks a free number and writes it to the descriptor that we give it. With a folder
 * for `pictures`, `picture` names a file that always holds what the screen would show, in the format of xwd.
 */
export async function startDisplay({ width = 1920, height = 1200, pictures } = {}) {
  const screen = ['-screen', '0', `${width}x${height}x24`, ...(pictures ? ['-fbdir', pictures] : [])];
  const server = spawn('Xvfb', ['-displayfd', '3', ...screen, '-nolisten', 'tcp', '-ac', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (chunk) => (said += chunk));
  const number = await Promise.race([
    new Promise((resolve) => server.stdio[3].once('data', (chunk) => resolve(String(chunk).trim()))),
    new Promise((resolve) => server.once('exit', () => resolve(null))),
    pause(20_000, null, { ref: false }),
  ]);
  if (number === null) {
    server.kill('SIGKILL');
    throw new Error(`No display could be opened; Xvfb said: ${said.trim() || 'nothing'}`);
  }
  const stop = () => server.kill('SIGTERM');
  process.once('exit', stop);
  return { name: `:${number}`, picture: pictures ? join(pictures, 'Xvfb_screen0') : null, stop };
}
