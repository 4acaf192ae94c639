/** Says when a training process is silent that should not be. It is never killed for that: it may be swapped out. */
import type { Training } from '../services/training/training';

const lookEveryMilliseconds = 1000;
const longestMilliseconds = 10_000;

export function watchSilence(
  { silence }: Pick<Training, 'silence'>,
  onSilent: (sentence: string) => void,
): { end: () => void } {
  let said = false;
  const timer = setInterval(() => {
    const { milliseconds, busy } = silence();
    const silent = !busy && milliseconds > longestMilliseconds;
    if (silent && !said) {
      const seconds = Math.round(milliseconds / 1000);
      onSilent(
        `The training process has said nothing for ${seconds} s. It may go on by itself; stopping twice ends it.`,
      );
    }
    said = silent;
  }, lookEveryMilliseconds);
  return { end: () => clearInterval(timer) };
}
