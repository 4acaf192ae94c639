/**
 * One training step, whole or not at all: a step whose loss, gradient or running statistics are not finite changes
 * nothing. Without telemetry gradients are not looked at.
 */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { Resolved } from '../../../../shared/ir/program';
import type { OptimizerDefinition } from '../../../../shared/ir/trainingDefinitions';
import type { TensorLibrary } from './backend';
import type { Batch } from './batches';
import { groupSquares, updateRatios } from './gradientNorms';
import { computeGradients, disposeGradients, type StepContext, type StepGradients } from './stepGradients';
import { allFinite } from './tensorflow/deviceSums';
import { within } from './within';
import { weightedLoss, type HeadSums } from './lossSums';
import { countNotFinite, valuesOf } from './tensorValues';
import { clipFactor, commitUpdate, proposeUpdate } from './update';

export interface StepSettings {
  optimizer: Resolved<OptimizerDefinition>;
  /** Position of each trainable weight's group, and how many groups there are. */
  positions: readonly number[];
  groups: number;
  learningRate: number;
  clipNorm: number;
  updateIndex: number;
  telemetry: boolean;
  /** Whether the update-to-weight ratio is measured at this step. */
  ratio: boolean;
}

export interface StepOutcome {
  finite: boolean;
  loss: number;
  samples: number;
  sums: HeadSums[];
  /** Of all gradients of the data loss together, before clipping; NaN without telemetry. */
  gradientNorm: number;
  gradientNorms: Float64Array | null;
  updateRatios: Float64Array | null;
}

export function runStep(
  context: StepContext,
  index: number,
  batches: readonly Batch[],
  settings: StepSettings,
): StepOutcome {
  const { core } = context;
  const found = computeGradients(context, index, batches);
  try {
    return within(core, () => applyGradients(context, found, settings));
  } finally {
    disposeGradients(found);
  }
}

function applyGradients(context: StepContext, found: StepGradients, settings: StepSettings): StepOutcome {
  const { core, parameters, heads } = context;
  const squares = settings.telemetry ? groupSquares(core, found.data, settings.positions, settings.groups) : null;
  const outcome: StepOutcome = {
    finite: false,
    loss: weightedLoss(heads, found.sums, found.samples),
    samples: found.samples,
    sums: found.sums,
    gradientNorm: squares ? Math.sqrt(sum(squares)) : NaN,
    gradientNorms: squares && squares.map(Math.sqrt),
    updateRatios: null,
  };
  if (!Number.isFinite(outcome.loss) || (squares && !Number.isFinite(outcome.gradientNorm))) return outcome;
  if (!areFinite(core, [...found.updates.values()])) return outcome;
  const gradients = totalGradients(context, found);
  const clippedNorm = settings.clipNorm > 0 ? normForClipping(context, found, gradients, outcome, settings) : 0;
  if (!Number.isFinite(clippedNorm)) return outcome;
  const proposed = proposeUpdate(core, parameters, gradients, {
    ...settings,
    scale: clipFactor(clippedNorm, settings.clipNorm),
  });
  if (settings.telemetry && settings.ratio) outcome.updateRatios = ratios(context, proposed, settings);
  commitUpdate(parameters, proposed, found.updates);
  return { ...outcome, finite: true };
}

function areFinite(core: TensorLibrary, statistics: readonly Tensor[]): boolean {
  if (core.getBackend() === 'tensorflow') return allFinite(core, statistics);
  return statistics.every((statistic) => countNotFinite(valuesOf(core, statistic)) === 0);
}

function ratios(
  { core, parameters }: StepContext,
  proposed: ReturnType<typeof proposeUpdate>,
  settings: StepSettings,
): Float64Array {
  const after = new Map(proposed.map(({ parameter, weight }) => [parameter, weight]));
  const pairs = parameters.trainable.map((parameter) => ({
    before: parameter.tensor,
    after: after.get(parameter) ?? parameter.tensor,
  }));
  return updateRatios(core, pairs, settings.positions, settings.groups);
}

/** What is descended: the data loss and the penalties together. */
export function totalGradients({ core }: Pick<StepContext, 'core'>, found: StepGradients): (Tensor | null)[] {
  const { data, penalties } = found;
  if (!penalties) return data;
  return data.map((gradient, at) => {
    const penalty = penalties[at] ?? null;
    return gradient && penalty ? core.add(gradient, penalty) : (gradient ?? penalty);
  });
}

/** Clipping looks at the gradient that is descended, penalties included, as training code in PyTorch does. */
function normForClipping(
  { core }: StepContext,
  found: StepGradients,
  gradients: readonly (Tensor | null)[],
  outcome: StepOutcome,
  settings: StepSettings,
): number {
  if (outcome.gradientNorms && !found.penalties) return outcome.gradientNorm;
  return Math.sqrt(sum(groupSquares(core, gradients, settings.positions, settings.groups)));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
