/** The process that reads runs and data for the windows: answers its contract until whoever started it is gone. */
import type { Failure } from '../../../shared/ipc/define';
import { readerContract } from '../../../shared/ipc/reader';
import { serveContract } from '../../../shared/ipc/serveContract';
import { parentPort } from '../parentPort';
import { failureOf } from '../problemFailure';
import { readerHandlers } from './readerHandlers';

const port = parentPort();
if (port) {
  const onRefused = ({ message }: Failure): void => void process.stderr.write(`${message}\n`);
  serveContract(readerContract, port, readerHandlers(), { failureOf, onRefused });
  // Ctrl+C in a terminal reaches every process; this one goes with whoever started it.
  process.on('SIGINT', () => undefined);
  port.onGone(() => process.exit());
} else {
  process.stderr.write('Runs are read by netloom, not by hand.\n');
  process.exitCode = 2;
}
