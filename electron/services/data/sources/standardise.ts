/** Mean and deviation of columns, over the rows that train alone. */

export interface Standardisation {
  mean: number[];
  deviation: number[];
}

/** Welford's recurrence in double precision; the deviation divides by the count, and is 1 for a constant column. */
export function fitStandardisation(
  columns: readonly Float64Array[],
  trains: (row: number) => boolean,
): Standardisation {
  const fitted = columns.map((values) => {
    let [count, mean, squares] = [0, 0, 0];
    for (let row = 0; row < values.length; row += 1) {
      if (!trains(row)) continue;
      count += 1;
      const before = (values[row] as number) - mean;
      mean += before / count;
      squares += before * ((values[row] as number) - mean);
    }
    const deviation = Math.sqrt(squares / Math.max(1, count));
    return { mean, deviation: deviation > 0 ? deviation : 1 };
  });
  return { mean: fitted.map(({ mean }) => mean), deviation: fitted.map(({ deviation }) => deviation) };
}

export function standardised(value: number, { mean, deviation }: Standardisation, column: number): number {
  return (value - (mean[column] as number)) / (deviation[column] as number);
}
