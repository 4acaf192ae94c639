/** Pretend weights: one number stands for a whole tensor, so that 300 layers cost microseconds a step. */
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { WeightGroup } from '../../../../shared/training/events';
import { weightPlaces, type WeightPlace } from '../../../../shared/ir/weightPlaces';

/** `value` starts at 1 and shrinks as "training" goes on; slots hold a running mean of what it lost. */
export interface PretendWeight extends WeightPlace {
  value: number;
  slots: Record<string, number>;
  /** Position of its group among the groups that learn; -1 for running statistics. */
  position: number;
}

export function createPretendWeights(program: CheckedProgram, groups: readonly WeightGroup[]): PretendWeight[] {
  const { optimizer } = program.training;
  const slots = optimizer.definition.slots(optimizer.params);
  const positions = new Map(groups.map(({ path }, at) => [path, at]));
  return weightPlaces(program).map((place) => ({
    ...place,
    value: 1,
    slots: place.spec.trainable ? Object.fromEntries(slots.map((slot) => [slot, 0])) : {},
    position: place.spec.trainable ? (positions.get(place.group) ?? -1) : -1,
  }));
}

/** How far "training" has come: 1 at the start, towards 0. */
export function level(weights: readonly PretendWeight[]): number {
  const learning = weights.filter(({ position }) => position >= 0);
  if (learning.length === 0) return 1;
  return learning.reduce((sum, { value }) => sum + value, 0) / learning.length;
}

export interface PretendStep {
  loss: number;
  gradientNorms: Float64Array;
  updateRatios: Float64Array;
}

/** Every element of a weight's gradient; `at` is its position among all weights. */
export function pretendGradient(weight: PretendWeight, at: number, draw: { seed: number; step: number }): number {
  return weight.value * (0.5 + hashed(draw.seed, draw.step, at + 1));
}

export function pretendLoss(weights: readonly PretendWeight[], draw: { seed: number; step: number }): number {
  return 0.05 + 2.3 * level(weights) * (1 + 0.02 * (hashed(draw.seed, draw.step, 0) - 0.5));
}

/** Moves every weight a little, by formulas of the seed, the step and the weight's own value. */
export function pretendStep(
  weights: readonly PretendWeight[],
  groups: readonly WeightGroup[],
  draw: { seed: number; step: number; learningRate: number },
): PretendStep {
  const gradientNorms = new Float64Array(groups.length);
  const updateRatios = new Float64Array(groups.length);
  const loss = pretendLoss(weights, draw);
  const rate = Math.min(Math.max(draw.learningRate, 0), 0.1);
  weights.forEach((weight, at) => {
    if (weight.position < 0) return;
    const gradient = pretendGradient(weight, at, draw);
    let lost = rate * gradient;
    for (const slot in weight.slots) {
      const mean = Math.fround(0.9 * (weight.slots[slot] ?? 0) + 0.1 * lost);
      weight.slots[slot] = mean;
      lost = 0.5 * (lost + mean);
    }
    weight.value = Math.fround(weight.value - lost);
    const elements = groups[weight.position]?.elements ?? 1;
    gradientNorms[weight.position] = (gradientNorms[weight.position] ?? 0) + gradient * Math.sqrt(elements);
    updateRatios[weight.position] = lost;
  });
  return { loss, gradientNorms, updateRatios };
}

/** A number in [0, 1) that only its arguments decide: a 32-bit integer hash, far cheaper than the true streams. */
export function hashed(seed: number, step: number, place: number): number {
  let bits = (seed ^ Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
