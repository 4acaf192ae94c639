/** A runner whose numbers are pretence and whose behaviour is real: order, signals, early ends, checkpoints, faults. */
import { performance } from 'node:perf_hooks';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { NotFinite, WeightGroup } from '../../../../shared/training/events';
import { loadCheckpoint, snapshotOf, tensorsOf, type CheckpointEntry } from '../checkpoint';
import { createColumnWriter } from '../columnWriter';
import type {
  Evaluation,
  EvaluateOptions,
  Loaded,
  OpenOptions,
  Peeked,
  Runner,
  Snapshot,
  Step,
  StepGradients,
  StopSignal,
  Submitted,
} from '../engine';
import { stepScalarNames } from '../measureNames';
import { createSubmissionQueue } from '../submissions';
import { elementsOf, weightGroups } from '../weightGroups';
import { crash, createPace, pause, type Faults } from './faults';
import { metricMains, pretendOutputs, pretendSums, savePretendPredictions } from './pretendMeasures';
import {
  createPretendWeights,
  level,
  pretendGradient,
  pretendLoss,
  pretendStep,
  type PretendWeight,
} from './pretendWeights';

export class FakeRunner implements Runner {
  readonly scalarNames: readonly string[];
  readonly groups: readonly WeightGroup[];
  readonly #program: CheckedProgram;
  readonly #options: OpenOptions;
  readonly #faults: Faults;
  readonly #weights: PretendWeight[];
  readonly #queue = createSubmissionQueue();
  readonly #pace: (() => Promise<void> | null) | null;
  #closed = false;

  constructor(program: CheckedProgram, options: OpenOptions, faults: Faults) {
    this.#program = program;
    this.#options = { ...options };
    this.#faults = faults;
    const { stepsPerSecond } = faults;
    this.#pace = stepsPerSecond === undefined ? null : createPace(stepsPerSecond, () => performance.now());
    this.groups = weightGroups(program);
    this.scalarNames = stepScalarNames(program.heads);
    this.#weights = createPretendWeights(program, this.groups);
  }

  submit(steps: readonly Step[], signal: StopSignal): Promise<Submitted> {
    const first = steps[0]?.index ?? 0;
    return this.#queue.add(
      () => this.#run(steps, signal),
      ({ reason }) => ({ columns: this.#columns(first, 0).finish(), stoppedAt: first, reason }),
    );
  }

  async #run(steps: readonly Step[], signal: StopSignal): Promise<Submitted> {
    const columns = this.#columns(steps[0]?.index ?? 0, steps.length);
    const { notFiniteAt, outOfMemoryAt, crashAt, stepMilliseconds = 0 } = this.#faults;
    for (const { index, controls, microBatches } of steps) {
      const stop = { stoppedAt: index };
      if (signal.aborted) return { columns: columns.finish(), ...stop, reason: 'aborted' };
      if (index === crashAt) crash();
      if (index === notFiniteAt) return { columns: columns.finish(), ...stop, reason: 'not finite' };
      if (index === outOfMemoryAt) {
        const largestBatch = Math.max(1, Math.floor((microBatches[0]?.length ?? 2) / 2));
        return { columns: columns.finish(), ...stop, reason: 'out of memory', largestBatch };
      }
      columns.add(this.#step(index, controls[this.#options.controls.indexOf('learningRate')] ?? 0));
      if (!this.#pace) await pause(stepMilliseconds);
      else await this.#pace();
    }
    return { columns: columns.finish() };
  }

  #step(index: number, learningRate: number): Parameters<ReturnType<typeof createColumnWriter>['add']>[0] {
    const { heads, training } = this.#program;
    const done = pretendStep(this.#weights, this.groups, { seed: training.seed, step: index, learningRate });
    const { ratioEvery, telemetry } = this.#options;
    const losses = heads.length > 1 ? heads.map(() => done.loss / heads.length) : [];
    const norm = Math.sqrt(done.gradientNorms.reduce((sum, value) => sum + value * value, 0));
    const mains = metricMains(heads, level(this.#weights));
    const measured = telemetry && ratioEvery > 0 && index % ratioEvery === 0;
    return {
      scalars: [done.loss, ...losses, ...mains, learningRate, telemetry ? norm : NaN],
      gradientNorms: telemetry ? done.gradientNorms : null,
      updateRatios: measured ? done.updateRatios : null,
    };
  }

  async evaluate(indices: Uint32Array, options: EvaluateOptions, signal: StopSignal): Promise<Evaluation> {
    await this.#ready();
    const chunk = this.#program.training.batchSize;
    let samples = 0;
    while (samples < indices.length && !signal.aborted) {
      samples = Math.min(indices.length, samples + chunk);
      await pause(this.#faults.chunkMilliseconds ?? 0);
    }
    const aborted = samples < indices.length;
    if (options.predictionsTo !== undefined && !aborted)
      savePretendPredictions(this.#program, options.predictionsTo, indices);
    return { samples, heads: pretendSums(this.#program, level(this.#weights), samples, options.full), aborted };
  }

  async peek(paths: readonly string[], indices: Uint32Array): Promise<Peeked[]> {
    await this.#ready();
    return paths.flatMap((path) => pretendOutputs(this.#program, path, indices));
  }

  async diagnose(step: Step): Promise<NotFinite> {
    await this.#ready();
    const faulty = step.index === this.#faults.notFiniteAt ? this.groups[0] : undefined;
    const loss = faulty ? null : 0.05 + 2.3 * level(this.#weights);
    return {
      step: step.index,
      loss,
      node: faulty?.path ?? null,
      name: faulty?.name ?? null,
      elements: faulty ? 1 : 0,
    };
  }

  async gradients({ index }: Step): Promise<StepGradients> {
    await this.#ready();
    const draw = { seed: this.#program.training.seed, step: index };
    const gradients = this.#weights.flatMap((weight, at): [string, Float32Array][] => {
      if (!weight.spec.trainable) return [];
      const values = new Float32Array(elementsOf(weight.spec.shape)).fill(pretendGradient(weight, at, draw));
      return [[weight.key, values]];
    });
    return { loss: pretendLoss(this.#weights, draw), gradients: new Map(gradients) };
  }

  reconfigure(patch: Partial<Pick<OpenOptions, 'ratioEvery' | 'telemetry'>>): void {
    Object.assign(this.#options, patch);
  }

  async snapshot(): Promise<Snapshot> {
    await this.#ready();
    const tensors = tensorsOf(this.#entries());
    return snapshotOf(() => tensors);
  }

  async load(path: string, options: { partial: boolean }): Promise<Loaded> {
    await this.#ready();
    return loadCheckpoint(path, this.#entries(), options.partial);
  }

  memory(): Promise<{ tensors: number; bytes: number }> {
    const entries = this.#closed ? [] : this.#entries();
    const bytes = entries.reduce((sum, { shape }) => sum + 4 * elementsOf(shape), 0);
    return Promise.resolve({ tensors: entries.length, bytes });
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    this.#closed = true;
  }

  /** The one number of each pretend tensor, spread over a tensor of the true shape. */
  #entries(): CheckpointEntry[] {
    const spread = (shape: readonly number[], value: number): Float32Array =>
      new Float32Array(elementsOf(shape)).fill(value);
    return this.#weights.flatMap((weight) => {
      const { key, spec } = weight;
      const entry: CheckpointEntry = {
        name: `weights/${key}`,
        shape: spec.shape,
        read: () => spread(spec.shape, weight.value),
        take: (values) => void (weight.value = values[0] ?? 0),
      };
      const slots = Object.keys(weight.slots).map((slot): CheckpointEntry => ({
        name: `slots/${key}/${slot}`,
        shape: spec.shape,
        read: () => spread(spec.shape, weight.slots[slot] ?? 0),
        take: (values) => void (weight.slots[slot] = values[0] ?? 0),
      }));
      return [entry, ...slots];
    });
  }

  async #ready(): Promise<void> {
    await this.#queue.idle();
    if (this.#closed) throw new Error('the runner is closed');
  }

  #columns(firstStep: number, capacity: number): ReturnType<typeof createColumnWriter> {
    const groupNames = this.groups.map(({ path }) => path);
    return createColumnWriter(firstStep, capacity, this.scalarNames, groupNames);
  }
}
