/** The process that prepares data: takes one request, tells how it goes on, answers, and ends. */
import { fileProblemFrom } from '../files/fileProblem';
import { prepareHere } from './data/prepareHere';
import { prepareRequestSchema } from './data/prepareMessages';
import type { PrepareAnswer, PrepareRequest } from './data/prepareMessages';

const progressEveryMs = 100;
const controller = new AbortController();

async function prepare({ config, places }: Extract<PrepareRequest, { kind: 'prepare' }>): Promise<PrepareAnswer> {
  let told = 0;
  try {
    const prepared = await prepareHere(config, places, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (Date.now() - told < progressEveryMs) return;
        told = Date.now();
        process.send?.({ kind: 'progress', progress } satisfies PrepareAnswer);
      },
    });
    return { kind: 'prepared', prepared };
  } catch (error) {
    const { code, file, message } = fileProblemFrom(error, config.source, 'read');
    return { kind: 'failed', code, file, message };
  }
}

process.on('message', (message) => {
  const request = prepareRequestSchema.parse(message);
  if (request.kind === 'cancel') controller.abort();
  else void prepare(request).then((answer) => process.send?.(answer, undefined, undefined, () => process.disconnect()));
});

// Ctrl+C reaches every process of the terminal; whoever asked says what becomes of it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => controller.abort());

// Whoever asked is gone: nobody waits for the answer.
process.on('disconnect', () => process.exit());
