/** The process behind `netloom`: reads the command line, runs one command, ends with its exit code. */
import { join } from 'node:path';
import { processContext } from './context';
import { runProgram } from './program';

// A reader that goes away (`netloom runs list | head`) ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const places = { bundles: __dirname, assets: join(__dirname, '..', 'assets') };

process.stderr.on('error', () => undefined);

void runProgram(process.argv.slice(2), processContext(places.bundles), places.assets).then((code) => {
  process.exitCode = code;
  // A timer or a pipe that is still held must not keep the terminal waiting, but a slow reader gets everything.
  process.stdout.write('', () => setTimeout(() => process.exit(code), 500).unref());
});
