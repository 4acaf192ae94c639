/** The process that writes and proves code for the windows: answers its contract until whoever started it is gone. */
import type { Failure } from '../../../shared/ipc/define';
import { exporterContract } from '../../../shared/ipc/exporter';
import { serveContract } from '../../../shared/ipc/serveContract';
import { parentPort } from '../parentPort';
import { failureOf } from '../problemFailure';
import { exporterHandlers } from './exporterHandlers';

const port = parentPort();
if (port) {
  const onRefused = ({ message }: Failure): void => void process.stderr.write(`${message}\n`);
  const handlers = exporterHandlers((name, payload) => server.emit(name, payload));
  const server = serveContract(exporterContract, port, handlers, { failureOf, onRefused });
  // Ctrl+C in a terminal reaches every process; this one goes with whoever started it.
  process.on('SIGINT', () => undefined);
  port.onGone(() => process.exit());
} else {
  process.stderr.write('Code is written by netloom, not by hand.\n');
  process.exitCode = 2;
}
