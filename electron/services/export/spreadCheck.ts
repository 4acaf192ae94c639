/** Whether new models start as ours do: the spread of first values, weight by weight, or pooled where they are few. */
import type { ExportedWeight } from '../../../shared/codegen/exportedModel';
import type { WeightSpec } from '../../../shared/ir/initialiser';
import type { CheckedProgram } from '../../../shared/ir/program';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { initialise } from '../../../shared/layers/initialisers';
import type { StoredTensor } from '../../files/safetensors';
import { checkOf, measured, spreadBound, wrong, type Check, type Difference } from './verifyChecks';

/**
 * So far an estimate may be off by chance, in deviations of itself: once in 10^11, so that a verification which judges some
 * thousand weights fails by chance in less than one of a million.
 */
const byChance = 7;

/** With so many values the bound is wider than chance. */
export const enoughValues = Math.ceil((byChance / spreadBound) ** 2 / 2);

interface Moments {
  count: number;
  sum: number;
  squares: number;
}

/** Of the values that a specification gives: all the same, or zero on the average with this mean square. */
interface Expected {
  constant: number | null;
  meanSquare: number;
}

export function spreadCheck(
  program: CheckedProgram,
  weights: readonly ExportedWeight[],
  theirs: ReadonlyMap<string, StoredTensor>,
): Check {
  const specs = new Map(weightPlaces(program).map(({ key, spec }) => [key, spec]));
  const pools = new Map<string, Moments & { names: string[] }>();
  const differences: Difference[] = [];
  for (const { name, group, twin } of weights) {
    const where = { node: group, tensor: name };
    const parts = twin.ours.map((part) => specs.get(`${group}/${part.name}`) as WeightSpec);
    const found = momentsOf(theirs.get(`fresh/${name}`));
    if (!found) {
      differences.push(wrong('is missing', where));
      continue;
    }
    const { constant, meanSquare } = expectedOf(parts);
    if (constant !== null) {
      const off = Math.max(Math.abs(found.sum / found.count - constant), Math.abs(deviationOf(found)));
      differences.push(measured(off, 1e-6, where));
      continue;
    }
    const scaled = { count: found.count, sum: found.sum / Math.sqrt(meanSquare), squares: found.squares / meanSquare };
    differences.push(judged(scaled, where));
    const kind = [...new Set(parts.map(({ initialiser }) => initialiser.type))].join(' and ');
    const pool = pools.get(kind) ?? { count: 0, sum: 0, squares: 0, names: [] };
    pools.set(kind, {
      count: pool.count + scaled.count,
      sum: pool.sum + scaled.sum,
      squares: pool.squares + scaled.squares,
      names: found.count >= enoughValues ? pool.names : [...pool.names, name],
    });
  }
  const notes: string[] = [];
  for (const [kind, pool] of pools) {
    if (pool.names.length === 0) continue;
    const few = `${pool.names.slice(0, 3).join(', ')}${pool.names.length > 3 ? ` and ${pool.names.length - 3} more` : ''}`;
    if (pool.count < enoughValues)
      notes.push(`Too few values of ${few} to judge their spread within ${100 * spreadBound} % (${kind}).`);
    else differences.push(judged(pool, { node: null, tensor: `all ${kind}` }));
  }
  return checkOf('first values', differences, notes);
}

/**
 * Scaled so that the mean square is 1: the spread or the mean, whichever is further off. A normal varies most: its spread by
 * 1 / sqrt(2 n), its mean by 1 / sqrt(n).
 */
function judged({ count, sum, squares }: Moments, where: Pick<Difference, 'node' | 'tensor'>): Difference {
  const within = (deviations: number): number => Math.max(spreadBound, byChance * deviations);
  const spread = measured(Math.abs(Math.sqrt(squares / count) - 1), within(1 / Math.sqrt(2 * count)), where);
  const mean = measured(Math.abs(sum / count), within(1 / Math.sqrt(count)), where);
  return spread.ratio >= mean.ratio ? spread : mean;
}

function deviationOf({ count, sum, squares }: Moments): number {
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

function momentsOf(stored: StoredTensor | undefined): Moments | null {
  const [count, sum, squares] = stored ? [...stored.data].map(Number) : [];
  return count === undefined || sum === undefined || squares === undefined || count === 0
    ? null
    : { count, sum, squares };
}

/** Several of ours that became one tensor: the mean square of them all. */
function expectedOf(specs: readonly WeightSpec[]): Expected {
  const each = specs.map((spec) => ({
    ...momentsOfSpec(spec),
    count: spec.shape.reduce((all, size) => all * size, 1),
  }));
  const count = each.reduce((sum, part) => sum + part.count, 0);
  const meanSquare = each.reduce((sum, part) => sum + part.count * part.meanSquare, 0) / Math.max(1, count);
  const [first] = each;
  const same = first !== undefined && each.every(({ constant }) => constant !== null && constant === first.constant);
  return { constant: same ? first.constant : null, meanSquare };
}

/** Our initialisers, drawn once with ones in place of random numbers: that is the bound, or the deviation. */
function momentsOfSpec(spec: WeightSpec): Expected {
  const one = { ...spec, shape: spec.shape };
  const ones = (count: number): Float32Array => new Float32Array(count).fill(1);
  const value = initialise(one, { uniform: ones, normal: ones })[0] ?? 0;
  if (['zeros', 'ones', 'constant'].includes(spec.initialiser.type)) return { constant: value, meanSquare: value ** 2 };
  const uniform = /uniform/i.test(spec.initialiser.type);
  return { constant: value === 0 ? 0 : null, meanSquare: uniform ? value ** 2 / 3 : value ** 2 };
}
