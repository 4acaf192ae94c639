/** The process that prepares data: takes one request, tells how it goes on, answers; whoever asked ends it. */
import { fileProblemFrom } from '../files/fileProblem';
import { prepareHere } from './data/prepareHere';
import { prepareRequestSchema } from './data/prepareMessages';
import type { PrepareAnswer, PrepareRequest } from './data/prepareMessages';
import { parentPort, type ParentPort } from './parentPort';

const progressEveryMs = 100;
const controller = new AbortController();

async function prepare(
  port: ParentPort,
  { config, places }: Extract<PrepareRequest, { kind: 'prepare' }>,
): Promise<PrepareAnswer> {
  let told = 0;
  try {
    const prepared = await prepareHere(config, places, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (Date.now() - told < progressEveryMs) return;
        told = Date.now();
        port.send({ kind: 'progress', progress } satisfies PrepareAnswer);
      },
    });
    return { kind: 'prepared', prepared };
  } catch (error) {
    const { code, file, message } = fileProblemFrom(error, config.source, 'read');
    return { kind: 'failed', code, file, message };
  }
}

function serve(port: ParentPort): void {
  port.onMessage((message) => {
    const request = prepareRequestSchema.parse(message);
    if (request.kind === 'cancel') controller.abort();
    else void prepare(port, request).then((answer) => port.send(answer));
  });
  // Ctrl+C reaches every process of the terminal; whoever asked says what becomes of it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => controller.abort());
  // Whoever asked is gone: nobody waits for the answer.
  port.onGone(() => process.exit());
}

const port = parentPort();
if (port) serve(port);
else {
  process.stderr.write('Data is prepared by netloom, not by hand.\n');
  process.exitCode = 2;
}
