/** Why a process of Netloom ended, with the last that it wrote to its error output. */
import { fill } from '../../../shared/messages/fill';
import { processEnds } from '../../../shared/messages/runSentences';

export function exitReason(code: number | null, signal: string | null, errors: string): string {
  const lines = errors
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5)
    .join(' | ');
  if (signal !== null) {
    return lines === '' ? fill(processEnds.signal, { signal }) : fill(processEnds.signalSaying, { signal, lines });
  }
  const ended = { code: code ?? 'unknown' };
  return lines === '' ? fill(processEnds.exitCode, ended) : fill(processEnds.exitCodeSaying, { ...ended, lines });
}
