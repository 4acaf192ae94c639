/** `npm start`: sets everything up and trains the first sample in this terminal. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

await setUp();
const design = join('assets', 'designs', 'digits-cnn.netloom');
console.log(`Training ${design} on this machine. Ctrl+C stops and keeps the run.\n`);
// Ctrl+C is the command's to answer: it stops the run and says how to go on.
process.on('SIGINT', () => undefined);
const command = [join(root, 'bin', 'netloom.cjs'), 'train', design, ...process.argv.slice(2)];
const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
