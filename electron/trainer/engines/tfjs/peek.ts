/** Outputs of chosen nodes for a few samples: what a layer makes of them. */
import { valueKeys } from '../../../../shared/ir/valueKeys';
import type { Mode } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { Peeked } from '../engine';
import type { Batch } from './batches';
import { forward } from './executor';
import type { StepContext } from './stepGradients';
import { valuesOf } from './tensorValues';

/** Random layers in training mode draw as in the first micro-batch of step 0. Statistics stay as they are. */
export function peek(
  context: StepContext,
  program: CheckedProgram,
  paths: readonly string[],
  batch: Batch,
  mode: Mode,
): Peeked[] {
  const { core, plan, parameters } = context;
  const wanted = paths.flatMap((path) => {
    const keys = valueKeys(program, path);
    if (!keys) throw new Error(`The design has no node ${path}, so its outputs cannot be shown.`);
    return Object.entries(keys).map(([port, key]) => ({ path, port, key }));
  });
  return core.tidy(() => {
    const pass = forward(core, plan, parameters, {
      mode,
      inputs: batch.inputs,
      draw: { seed: context.seed, step: 0, microBatch: 0 },
      wanted: new Set(wanted.map(({ key }) => key)),
    });
    return wanted.map(({ path, port, key }) => {
      const tensor = pass.wanted.get(key);
      if (!tensor) throw new Error(`the value ${key} is not there`);
      return { path, port, shape: [...tensor.shape], values: Float32Array.from(valuesOf(core, tensor)) };
    });
  });
}
