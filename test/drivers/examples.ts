/**
 * How many examples a property draws: all that it asks for, and a quarter of them in `npm run test:fast`. Not for a
 * property that counts what it has met.
 */
const share = process.env.NETLOOM_TEST_FAST === '1' ? 0.25 : 1;

/** Of what is gone through in turn: all, and every fourth in `npm run test:fast`. */
export function shareOf<One>(all: readonly One[]): One[] {
  return all.filter((_, at) => at % Math.round(1 / share) === 0);
}

export function examples(full: number): number {
  return Math.ceil(full * share);
}
