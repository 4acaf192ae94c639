/** Where a target by its own convention keeps something else than we do, and exactly what: see docs/conventions.md. */
import { flatten, type FlatLayer } from '../../../shared/ir/flatten';
import type { Target } from '../../../shared/ir/emit/emission';
import type { Values } from '../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../shared/ir/program';
import { valuesOf } from './verifyJob';
import type { Reference, Verification } from './verifyReference';
import { batchSize } from './verifySamples';

/**
 * Running statistics after a step. PyTorch keeps the variance of the sample, ours is that of the population: the part
 * that came from this batch is n / (n - 1) as large.
 */
export function expectedStatistics(
  target: Target,
  { program, moved }: Verification,
  reference: Reference,
  batch: number,
  key: string,
): Values | undefined {
  const after = valuesOf(reference, `after/${batch}/weights/${key}`);
  if (inOwnOrder(target, program, key)) return undefined;
  if (target !== 'pytorch' || !after || !key.endsWith('/movingVariance')) return after;
  const before = batch === 0 ? moved.get(key) : valuesOf(reference, `after/${batch - 1}/weights/${key}`);
  const users = usersOf(program, key.slice(0, -'/movingVariance'.length));
  const [layer] = users;
  const count = layer ? valuesAChannel(layer) : 0;
  if (!before || !layer || count < 2) return after;
  const kept = Number(layer.layer.params.momentum) ** users.length;
  const factor = count / (count - 1);
  const data = after.data.map((value, at) => {
    const old = kept * (before.data[at] as number);
    return old + (value - old) * factor;
  });
  return { shape: after.shape, data };
}

/**
 * Statistics that several nodes share see every use in turn, and TensorFlow.js visits the uses in an order of its own: the
 * last of them counts most, so there is nothing to compare.
 */
export function inOwnOrder(target: Target, program: CheckedProgram, key: string): boolean {
  return target === 'tfjs' && usersOf(program, key.slice(0, key.lastIndexOf('/'))).length > 1;
}

function usersOf(program: CheckedProgram, group: string): FlatLayer[] {
  return flatten(program).filter((flat) => flat.group === group && flat.layer.definition.type === 'BatchNorm');
}

function valuesAChannel({ layer }: FlatLayer): number {
  const sizes = (layer.inputTypes.input?.dims ?? []).slice(1, -1).map(({ size }) => Number(size));
  return sizes.reduce((product, size) => product * size, batchSize);
}
