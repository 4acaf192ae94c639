/** Ways out for groups that do not divide the channels: the nearest number that does, or filters rounded up to fit. */
import type { Repair } from '../../messages/define';

export function groupsRepairs(groups: number, filters: number, channels: number): Repair[] {
  const nearest = nearestCommonDivisor(groups, filters, channels);
  const repairs: Repair[] = [
    { title: `Set groups to ${nearest}`, actions: [{ action: 'setParam', param: 'groups', value: nearest }] },
  ];
  if (channels % groups === 0) {
    const rounded = Math.ceil(filters / groups) * groups;
    const actions = [{ action: 'setParam' as const, param: 'filters', value: rounded }];
    repairs.push({ title: `Set filters to ${rounded}`, actions });
  }
  return repairs;
}

/** Of the numbers that divide both, the one nearest to `wanted`; the smaller of two equally near. */
function nearestCommonDivisor(wanted: number, first: number, second: number): number {
  let nearest = 1;
  for (let candidate = 1; candidate <= Math.min(first, second); candidate++) {
    const divides = first % candidate === 0 && second % candidate === 0;
    if (divides && Math.abs(candidate - wanted) < Math.abs(nearest - wanted)) nearest = candidate;
  }
  return nearest;
}
