/** Evaluation in chunks: sums that suffice for every measure, and the outputs themselves where they are asked for. */
import type { Predictions } from '../checkpoint';
import type { Evaluation, EvaluateOptions, StopSignal } from '../engine';
import type { SampleReader } from '../../../files/sampleReader';
import { makeBatch, readBatch, disposeBatch, type Batch, type BatchPlan } from './batches';
import { forward } from './executor';
import { addLosses, addMetrics, createHeadSums, sampleLosses, type HeadSums } from './lossSums';
import type { StepContext } from './stepGradients';
import { valuesOf } from './tensorValues';
import { nextTurn } from '../nextTurn';

export interface EvaluateSources {
  data: SampleReader;
  batches: BatchPlan;
  /** Samples at a time. */
  chunk: number;
}

export async function evaluate(
  context: StepContext,
  sources: EvaluateSources,
  indices: Uint32Array,
  options: EvaluateOptions,
  signal: StopSignal,
): Promise<{ evaluation: Evaluation; predictions: Predictions[] }> {
  const sums = createHeadSums(context.heads);
  const predictions: Predictions[] = [];
  const read = (at: number): ReturnType<typeof readBatch> =>
    readBatch(sources.data, sources.batches, options.part, indices.subarray(at, at + sources.chunk));
  let samples = 0;
  let next = indices.length > 0 ? read(0) : null;
  while (next && !signal.aborted) {
    const batch = makeBatch(context.core, sources.batches, await next);
    const after = samples + batch.samples;
    next = after < indices.length ? read(after) : null;
    try {
      const keepFor = options.predictionsTo === undefined ? null : { predictions, at: samples, of: indices.length };
      context.core.tidy(() => addChunk(context, batch, sums, options.full, keepFor));
    } finally {
      disposeBatch(context.core, batch);
    }
    samples = after;
    await nextTurn();
  }
  await next?.catch(() => undefined);
  const heads = sums.map(({ lossSum, metrics }) => ({ lossSum, metrics }));
  return { evaluation: { samples, heads, aborted: samples < indices.length }, predictions };
}

interface KeepFor {
  predictions: Predictions[];
  at: number;
  of: number;
}

function addChunk(
  context: StepContext,
  batch: Batch,
  sums: readonly HeadSums[],
  full: boolean,
  keepFor: KeepFor | null,
): void {
  const { core, heads } = context;
  const pass = forward(core, context.plan, context.parameters, {
    mode: 'evaluate',
    inputs: batch.inputs,
    draw: { seed: context.seed, step: 0, microBatch: 0 },
  });
  heads.forEach((head, at) => {
    const [output, target, sum] = [pass.heads[at], batch.targets[at], sums[at]];
    if (!output || !target || !sum) return;
    core.tidy(() => {
      addLosses(core, sum, sampleLosses(core, head, output, target));
      addMetrics(core, head, sum, output, target, full);
    });
    if (!keepFor) return;
    const elements = output.size / batch.samples;
    const kept = (keepFor.predictions[at] ??= {
      head: head.name,
      shape: [keepFor.of, ...output.shape.slice(1)],
      values: new Float32Array(keepFor.of * elements),
    });
    kept.values.set(valuesOf(core, output), keepFor.at * elements);
  });
}
