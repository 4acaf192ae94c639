/** How long something quick takes, for people: "0.12 ms", "4.1 ms", "22 ms", "1.3 s". */
export function stepTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds >= 10 ? milliseconds.toFixed(0) : milliseconds.toPrecision(2)} ms`;
}
