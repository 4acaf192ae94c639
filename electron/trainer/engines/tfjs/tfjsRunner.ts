/** An open program on a tfjs backend: steps, evaluation, a look inside, checkpoints. Nothing here decides about training. */
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { NotFinite, WeightGroup } from '../../../../shared/training/events';
import { loadCheckpoint, savePredictions, snapshotOf, tensorsOf } from '../checkpoint';
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
import { nextTurn } from '../nextTurn';
import { readAhead, type ReadAhead } from '../readAhead';
import { createSubmissionQueue } from '../submissions';
import { weightGroups } from '../weightGroups';
import type { TensorLibrary } from './backend';
import { createBatchPlan, disposeBatch, makeBatch, readBatch, type Batch, type ReadBatch } from './batches';
import { diagnose } from './diagnose';
import { evaluate } from './evaluate';
import { createPlan } from './executor';
import { groupPositions } from './gradientNorms';
import { isOutOfMemory, likelyBatch } from './outOfMemory';
import { parameterEntries } from './parameterEntries';
import { createParameters } from './parameters';
import { peek } from './peek';
import { readGradients } from './readGradients';
import { runStep } from './step';
import { stepNumbers } from './stepNumbers';
import type { StepContext } from './stepGradients';

export class TfjsRunner implements Runner {
  readonly scalarNames: readonly string[];
  readonly groups: readonly WeightGroup[];
  readonly #program: CheckedProgram;
  readonly #options: OpenOptions;
  readonly #context: StepContext;
  readonly #batches: ReturnType<typeof createBatchPlan>;
  readonly #positions: readonly number[];
  readonly #queue = createSubmissionQueue();
  #closed = false;

  constructor(core: TensorLibrary, program: CheckedProgram, options: OpenOptions) {
    this.#program = program;
    this.#options = { ...options };
    this.#batches = createBatchPlan(program);
    this.#context = {
      core,
      plan: createPlan(program),
      heads: program.heads,
      parameters: createParameters(core, program),
      seed: program.training.seed,
    };
    this.scalarNames = stepScalarNames(program.heads);
    this.groups = weightGroups(program);
    this.#positions = groupPositions(this.#context.parameters, this.groups);
  }

  submit(steps: readonly Step[], signal: StopSignal): Promise<Submitted> {
    // Reading starts at once, also while an earlier submission computes: that is what two in flight are for.
    const reads = readAhead(steps, (step) => this.#read(step));
    const first = steps[0]?.index ?? 0;
    return this.#queue.add(
      () => this.#run(steps, reads, signal),
      ({ reason }) => ({ columns: this.#columns(first, 0).finish(), stoppedAt: first, reason }),
    );
  }

  async #run(steps: readonly Step[], reads: ReadAhead<ReadBatch[]>, signal: StopSignal): Promise<Submitted> {
    const columns = this.#columns(steps[0]?.index ?? 0, steps.length);
    for (const [at, step] of steps.entries()) {
      const stop = (reason: Submitted['reason']): Submitted => ({
        columns: columns.finish(),
        stoppedAt: step.index,
        reason,
      });
      const read = await reads.take(at);
      if (signal.aborted) return stop('aborted');
      try {
        const outcome = this.#step(step, read);
        if (!outcome.finite) return stop('not finite');
        columns.add(stepNumbers(this.#program.heads, this.#control(step, 'learningRate'), outcome));
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        const size = Math.max(...step.microBatches.map(({ length }) => length));
        return { ...stop('out of memory'), largestBatch: likelyBatch(this.#context.core, this.#program, size) };
      }
      await nextTurn();
    }
    return { columns: columns.finish() };
  }

  #step(step: Step, read: readonly ReadBatch[]): ReturnType<typeof runStep> {
    const { ratioEvery, telemetry } = this.#options;
    return this.#withBatches(read, (batches) =>
      runStep(this.#context, step.index, batches, {
        optimizer: this.#program.training.optimizer,
        positions: this.#positions,
        groups: this.groups.length,
        learningRate: this.#control(step, 'learningRate'),
        clipNorm: this.#control(step, 'clipNorm'),
        updateIndex: this.#control(step, 'updateIndex'),
        telemetry,
        ratio: ratioEvery > 0 && step.index % ratioEvery === 0,
      }),
    );
  }

  async evaluate(indices: Uint32Array, options: EvaluateOptions, signal: StopSignal): Promise<Evaluation> {
    await this.#ready();
    const sources = { data: this.#options.data, batches: this.#batches, chunk: this.#program.training.batchSize };
    const { evaluation, predictions } = await evaluate(this.#context, sources, indices, options, signal);
    if (options.predictionsTo !== undefined && !evaluation.aborted) savePredictions(options.predictionsTo, predictions);
    return evaluation;
  }

  async peek(
    paths: readonly string[],
    indices: Uint32Array,
    options: Parameters<Runner['peek']>[2],
  ): Promise<Peeked[]> {
    await this.#ready();
    const read = await readBatch(this.#options.data, this.#batches, options.part, indices, false);
    const batch = makeBatch(this.#context.core, this.#batches, read, false);
    try {
      return peek(this.#context, this.#program, paths, batch, options.mode);
    } finally {
      disposeBatch(this.#context.core, batch);
    }
  }

  async diagnose(step: Step): Promise<NotFinite> {
    await this.#ready();
    const read = await this.#read(step);
    return this.#withBatches(read, (batches) => diagnose(this.#context, step.index, batches));
  }

  async gradients(step: Step): Promise<StepGradients> {
    await this.#ready();
    const read = await this.#read(step);
    return this.#withBatches(read, (batches) => readGradients(this.#context, step.index, batches));
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
    const { numTensors, numBytes } = this.#context.core.memory();
    return Promise.resolve({ tensors: numTensors, bytes: numBytes });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#queue.idle();
    this.#closed = true;
    this.#context.parameters.dispose();
  }

  #entries(): ReturnType<typeof parameterEntries> {
    return parameterEntries(this.#context.core, this.#context.parameters);
  }

  async #ready(): Promise<void> {
    await this.#queue.idle();
    if (this.#closed) throw new Error('the runner is closed');
  }

  #columns(firstStep: number, capacity: number): ReturnType<typeof createColumnWriter> {
    const groupNames = this.groups.map(({ path }) => path);
    return createColumnWriter(firstStep, capacity, this.scalarNames, groupNames);
  }

  #control(step: Step, name: string): number {
    return step.controls[this.#options.controls.indexOf(name)] ?? 0;
  }

  #read(step: Step): Promise<ReadBatch[]> {
    const one = (indices: Uint32Array): Promise<ReadBatch> =>
      readBatch(this.#options.data, this.#batches, 'train', indices);
    return Promise.all(step.microBatches.map(one));
  }

  #withBatches<Result>(read: readonly ReadBatch[], use: (batches: readonly Batch[]) => Result): Result {
    const batches: Batch[] = [];
    try {
      for (const one of read) batches.push(makeBatch(this.#context.core, this.#batches, one));
      return use(batches);
    } finally {
      for (const batch of batches) disposeBatch(this.#context.core, batch);
    }
  }
}
