/** Replays a step that was not finite, changing nothing, and finds where the first number went wrong. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { NotFinite } from '../../../../shared/training/events';
import type { Batch } from './batches';
import { forward } from './executor';
import { addLosses, createHeadSums, sampleLosses, weightedLoss, type HeadSums } from './lossSums';
import { computeGradients, disposeGradients, type StepContext } from './stepGradients';
import { countNotFinite, valuesOf } from './tensorValues';

interface Found {
  node: string;
  name: string;
  elements: number;
}

/**
 * The first node whose output is not finite; if all are, the first whose weights have a gradient that is not; else the
 * first whose new running statistics are not.
 */
export function diagnose(context: StepContext, step: number, batches: readonly Batch[]): NotFinite {
  const replayed = replayForward(context, step, batches);
  const found = replayed.found ?? firstBadChange(context, step, batches);
  return {
    step,
    loss: Number.isFinite(replayed.loss) ? replayed.loss : null,
    node: found?.node ?? null,
    name: found?.name ?? null,
    elements: found?.elements ?? 0,
  };
}

function replayForward(
  context: StepContext,
  step: number,
  batches: readonly Batch[],
): { found: Found | null; loss: number } {
  const { core, heads } = context;
  const sums = createHeadSums(heads);
  let found: Found | null = null;
  const updates = new Map<string, Tensor>();
  batches.forEach((batch, microBatch) =>
    core.tidy(() => {
      const pass = forward(core, context.plan, context.parameters, {
        mode: 'train',
        inputs: batch.inputs,
        draw: { seed: context.seed, step, microBatch },
        updates,
        visit(flat, outputs) {
          if (found) return;
          let elements = 0;
          for (const tensor of Object.values(outputs)) elements += countNotFinite(valuesOf(core, tensor));
          if (elements > 0) found = { node: flat.path, name: flat.layer.name, elements };
        },
      });
      heads.forEach((head, at) => {
        const [output, target, sum] = [pass.heads[at], batch.targets[at], sums[at] as HeadSums];
        if (!output || !target) return;
        const losses = sampleLosses(core, head, output, target);
        addLosses(core, sum, losses);
        const elements = countNotFinite(valuesOf(core, losses));
        if (!found && elements > 0) found = { node: head.path, name: head.name, elements };
      });
    }),
  );
  core.dispose([...updates.values()]);
  const samples = batches.reduce((count, batch) => count + batch.samples, 0);
  return { found, loss: weightedLoss(heads, sums, samples) };
}

function firstBadChange(context: StepContext, step: number, batches: readonly Batch[]): Found | null {
  const { core, plan, parameters } = context;
  const gradients = computeGradients(context, step, batches);
  const [ofGradients, ofStatistics] = [new Map<string, number>(), new Map<string, number>()];
  const count = (into: Map<string, number>, group: string, tensor: Tensor | null | undefined): void => {
    if (tensor) into.set(group, (into.get(group) ?? 0) + countNotFinite(valuesOf(core, tensor)));
  };
  parameters.trainable.forEach(({ group }, at) => {
    count(ofGradients, group, gradients.data[at]);
    count(ofGradients, group, gradients.penalties?.[at]);
  });
  for (const [key, tensor] of gradients.updates) count(ofStatistics, parameters.byKey.get(key)?.group ?? '', tensor);
  disposeGradients(gradients);
  for (const counts of [ofGradients, ofStatistics]) {
    const bad = plan.layers.find(({ flat }) => (counts.get(flat.group) ?? 0) > 0)?.flat;
    if (bad) return { node: bad.path, name: bad.layer.name, elements: counts.get(bad.group) ?? 0 };
  }
  return null;
}
