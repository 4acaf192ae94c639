/** Which steps a frame shows of many: the lowest and the highest loss of every stretch, so that a spike is seen live. */

/**
 * At most `most` positions among `steps`, ascending, the newest always among them, and of each stretch the first step
 * whose loss is not finite, its smallest and its largest loss.
 */
export function frameRows(steps: number, most: number, lossAt: (position: number) => number): number[] {
  if (steps <= most) return Array.from({ length: steps }, (_, position) => position);
  const rows = new Set<number>([steps - 1]);
  const finite = allFinite(steps, lossAt);
  const stretches = Math.floor((most - 1) / (finite ? 2 : 3));
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * steps) / stretches);
    const to = Math.floor(((stretch + 1) * steps) / stretches);
    for (const row of standingOut(from, to, lossAt)) rows.add(row);
  }
  return [...rows].sort((a, b) => a - b);
}

function allFinite(steps: number, lossAt: (position: number) => number): boolean {
  for (let at = 0; at < steps; at += 1) if (!Number.isFinite(lossAt(at))) return false;
  return true;
}

function standingOut(from: number, to: number, lossAt: (position: number) => number): number[] {
  let [lowest, highest, odd] = [-1, -1, -1];
  for (let at = from; at < to; at += 1) {
    const loss = lossAt(at);
    if (!Number.isFinite(loss)) {
      if (odd < 0) odd = at;
      continue;
    }
    if (lowest < 0 || loss < lossAt(lowest)) lowest = at;
    if (highest < 0 || loss > lossAt(highest)) highest = at;
  }
  return [lowest, highest, odd].filter((at) => at >= 0);
}
