/** kill -9 of a trainer that computes with PyTorch, or of its Python alone, then resume: the same losses to the bit. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { killSeed } from '../../drivers/killing';
import { temporaryHome } from '../../drivers/temporaryHome';
import { testPython } from '../../drivers/testPython';
import { digitsCnn, expectSameBits } from './killedTrainer';

process.env.NETLOOM_PYTHON = testPython();
process.env.NETLOOM_PYTORCH = 'device=cpu threads=1 deterministic=on';
const kills = process.env.NETLOOM_LONG === '1' ? 15 : 3;
const onLinux = process.platform === 'linux';

/** The process that a trainer started. */
function childOf(trainer: number): number | null {
  const parentOf = (pid: string): number => {
    try {
      // Behind the name in parentheses: the state, then the parent.
      return Number(/^\d+ \(.*\) \S+ (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
    } catch {
      return NaN;
    }
  };
  const child = readdirSync('/proc').find((name) => /^\d+$/.test(name) && parentOf(name) === trainer);
  return child === undefined ? null : Number(child);
}

it(`${kills} kills change no bit of digits-cnn on PyTorch (NETLOOM_SEED=${killSeed})`, async () => {
  // A killed trainer cannot tidy up.
  vi.stubEnv('TMPDIR', temporaryHome());
  let ofPython = 0;
  await expectSameBits({
    engine: 'pytorch',
    design: digitsCnn(4),
    kills,
    killsOfRun: 3,
    milliseconds: 60,
    // Where nobody tells of processes the trainer alone is killed.
    ...(onLinux && { victim: childOf }),
    onInterrupted({ events }, ofVictim) {
      const last = events[events.length - 1];
      const reason = last?.event === 'lost' ? last.reason : '';
      if (!ofVictim) return;
      ofPython += 1;
      // The trainer said why before it ended by itself.
      expect(reason).toContain('The process of the engine "pytorch" is gone: ');
      expect(reason).toContain('SIGKILL');
    },
  });
  if (onLinux) expect(ofPython).toBeGreaterThan(0);
}, 900_000);
