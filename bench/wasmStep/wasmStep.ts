/** Our training step on the WASM backend against tfjs as it comes: the ratio must stay within the bound. */
import { join } from 'node:path';
import { startChildSide } from '../childSide';
import { compareSides, report } from '../measure';

/** Both sides start from equal weights and see equal batches, so their first losses must agree: else they do different work. */
function expectEqualWork(ours: unknown, theirs: unknown): void {
  const [a, b] = [ours as number[], theirs as number[]];
  const equal = a.length === b.length && a.every((loss, i) => Math.abs(loss - b[i]!) < 1e-3 * Math.abs(b[i]!));
  if (!equal) throw new Error(`The two sides do not do the same work: losses ${a.join(', ')} and ${b.join(', ')}.`);
}

async function main(): Promise<void> {
  const reference = await startChildSide('baseline ms', join(__dirname, 'baseline.ts'));
  const candidate = await startChildSide('ours ms', join(__dirname, 'ours.ts'));
  try {
    expectEqualWork(candidate.greeting, reference.greeting);
    report([await compareSides({ what: 'step of the probe net', reference, candidate, bound: 0.27 })]);
  } finally {
    reference.close();
    candidate.close();
  }
}

void main();
