/**
 * Compares two ways of doing the same work by their ratio, on a machine that others use too: short samples in turn, medians,
 * and the reference against itself as a control that says whether the ratio can be believed.
 */

export interface Side {
  readonly name: string;
  /** Does a fixed amount of work and answers how long it took, in milliseconds (or any unit: only ratios count). */
  readonly sample: () => number | Promise<number>;
}

export interface Comparison {
  readonly what: string;
  readonly reference: string;
  readonly candidate: string;
  readonly pairs: number;
  readonly referenceMedian: number;
  readonly candidateMedian: number;
  /** Median over the pairs of candidate / reference. */
  readonly ratio: number;
  /** Median over the pairs of reference / reference: 1 but for noise. */
  readonly control: number;
  readonly bound: number | null;
  readonly verdict: 'within' | 'exceeded' | 'inconclusive' | 'published';
}

export interface Options {
  readonly what: string;
  readonly reference: Side;
  readonly candidate: Side;
  /** The largest ratio allowed; without it the ratio is only published. */
  readonly bound?: number;
  /** At least 7. While the control is off, up to three times as many are measured. */
  readonly pairs?: number;
  /** Starts the processes of both sides anew: they may differ by percents for as long as they live. */
  readonly renew?: () => Promise<void>;
}

/** How far the control may be from 1 before nothing is concluded. */
const controlLimit = 0.03;
/** How many times what is compared begins anew over the pairs. */
const renewals = 5;

/** Each round is reference, candidate, reference, or its mirror image, so that drift falls on both sides alike. */
export async function compareSides({
  what,
  reference,
  candidate,
  bound,
  pairs = 9,
  renew,
}: Options): Promise<Comparison> {
  if (pairs < 7) throw new Error('Fewer than 7 pairs prove nothing.');
  const warmUp = async (): Promise<void> => {
    await reference.sample();
    await candidate.sample();
  };
  await warmUp();
  const rounds: { first: number; candidate: number; second: number }[] = [];
  for (let round = 0; round < pairs * 3; round++) {
    if (renew && round > 0 && round % Math.ceil(pairs / (renewals + 1)) === 0) {
      await renew();
      await warmUp();
    }
    const first = await reference.sample();
    const between = await candidate.sample();
    const second = await reference.sample();
    const swapped = round % 2 === 1;
    rounds.push({ first: swapped ? second : first, candidate: between, second: swapped ? first : second });
    if (round + 1 >= pairs && Math.abs(controlOf(rounds) - 1) <= controlLimit) break;
  }
  const ratio = median(rounds.map((round) => round.candidate / ((round.first + round.second) / 2)));
  const control = controlOf(rounds);
  const comparison: Comparison = {
    what,
    reference: reference.name,
    candidate: candidate.name,
    pairs: rounds.length,
    referenceMedian: median(rounds.map(({ first, second }) => (first + second) / 2)),
    candidateMedian: median(rounds.map((round) => round.candidate)),
    ratio,
    control,
    bound: bound ?? null,
    verdict: verdict(ratio, control, bound),
  };
  // Long benches tell what they have as they go; programs read the report.
  console.error(`${what}: ${candidate.name} / ${reference.name} ${ratio.toFixed(3)}, control ${control.toFixed(3)}`);
  return comparison;
}

/** Prints a table and one line of JSON for programs, and sets the exit code: 1 if a bound is exceeded or nothing can be said. */
export function report(comparisons: readonly Comparison[]): void {
  const header = ['what', 'reference', 'candidate', 'ratio', 'bound', 'control', 'pairs', 'verdict'];
  const rows = comparisons.map((row) => [
    row.what,
    `${row.reference} ${row.referenceMedian.toFixed(2)}`,
    `${row.candidate} ${row.candidateMedian.toFixed(2)}`,
    row.ratio.toFixed(3),
    row.bound === null ? '-' : String(row.bound),
    row.control.toFixed(3),
    String(row.pairs),
    row.verdict,
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
  }
  console.log(JSON.stringify(comparisons));
  if (comparisons.some((row) => row.verdict === 'exceeded' || row.verdict === 'inconclusive')) process.exitCode = 1;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function controlOf(rounds: readonly { first: number; second: number }[]): number {
  return median(rounds.map(({ first, second }) => second / first));
}

function verdict(ratio: number, control: number, bound: number | undefined): Comparison['verdict'] {
  if (bound === undefined) return 'published';
  if (Math.abs(control - 1) > controlLimit) return 'inconclusive';
  return ratio <= bound ? 'within' : 'exceeded';
}
