/** Waits for an answer, but not for ever, and not after an abort. What was asked goes on: whoever asked ends it. */
import { engineSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';

/** Throws `ServiceProblem` engine-failed after the time, `FileProblem` cancelled after an abort. */
export async function within<Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  let abort: () => void = () => undefined;
  const limit = new Promise<never>((_, reject) => {
    const seconds = Number((milliseconds / 1000).toFixed(1));
    const late = (): void => reject(new ServiceProblem('engine-failed', fill(engineSentences.lateAnswer, { seconds })));
    timer = setTimeout(late, milliseconds);
    abort = () => reject(new FileProblem('cancelled', '', 'Stopped before the run had begun.'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
