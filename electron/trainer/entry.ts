/** The trainer process: answers the contract on its port until whoever started it is gone. */
import { performance } from 'node:perf_hooks';
import type { Failure } from '../../shared/ipc/define';
import { serveContract } from '../../shared/ipc/serveContract';
import { trainerContract } from '../../shared/ipc/trainer';
import { diskFiles } from '../files/fileSystem';
import { openData } from '../services/data/openData';
import { compileDesign } from '../services/designs/compileDesign';
import { designOf } from '../services/designs/openDesign';
import { failureOf } from '../services/problemFailure';
import { ServiceProblem } from '../services/serviceProblem';
import { engineIds, isEngineId, loadEngine } from './engines/engines';
import { judgedProgram } from './judgedProgram';
import { parentPort, type ParentPort } from '../services/parentPort';
import type { TrainerDependencies } from './trainerDependencies';
import { trainerHandlers } from './trainerHandlers';

const heartbeatMilliseconds = 1000;
/** How long an orphan may take to write its last checkpoint. */
const orphanMilliseconds = 10_000;

const dependencies: TrainerDependencies = {
  engineIds,
  loadEngine: (id) => {
    if (isEngineId(id)) return loadEngine(id);
    const forUsers = engineIds.filter((each) => each !== 'fake');
    throw new ServiceProblem('engine-unknown', `There is no engine "${id}"; there are ${forUsers.join(', ')}.`);
  },
  compile: (design, data) => judgedProgram(compileDesign(designOf(design, 'the design'), data)),
  openData: (folder) => openData(folder),
  files: diskFiles,
  now: () => performance.now(),
};

function serve(port: ParentPort): void {
  const trainer = trainerHandlers({
    watcher: {
      event: (event) => server.emit('run', event),
      frame: (frame) => server.emit('frame', frame),
      // Whoever started this process knows what to do when it ends: say so, and go on from the last checkpoint.
      lost(reason) {
        process.stderr.write(`${reason}\n`);
        process.exit(1);
      },
    },
    dependencies,
    exit: () => process.exit(1),
  });
  const onRefused = ({ message }: Failure): void => void process.stderr.write(`${message}\n`);
  const server = serveContract(trainerContract, port, trainer.handlers, { failureOf, onRefused });

  setInterval(() => server.emit('heartbeat', { busy: trainer.isBusy() }), heartbeatMilliseconds).unref();
  port.onGone(() => {
    // Nobody will ever ask again: keep what was trained, then go, in any case soon.
    setTimeout(() => process.exit(1), orphanMilliseconds).unref();
    void trainer.stopAndWait().finally(() => process.exit(0));
  });
  // Ctrl+C reaches every process of the terminal; what becomes of the run is the parent's to say.
  process.on('SIGINT', () => undefined);
  // So does a terminal that is closed, and `onGone` follows.
  process.on('SIGHUP', () => undefined);
  process.on('SIGTERM', () => void trainer.stopAndWait().finally(() => process.exit(0)));
  server.emit('ready', { pid: process.pid });
}

const port = parentPort();
if (port) serve(port);
else {
  process.stderr.write('The trainer is started by netloom, not by hand.\n');
  process.exitCode = 2;
}
