/** The steps of a request as the process takes them: sizes in the header, positions and controls as raw numbers. */
import type { Json } from '../../../../shared/messages/define';
import { standardControls, type Step } from '../engine';

export function stepFields({ index, microBatches }: Step): Record<string, Json> {
  return { index, sizes: microBatches.map(({ length }) => length) };
}

/** All positions as u32, then the controls of every step as f32, in the order of `standardControls`. */
export function stepsPayload(steps: readonly Step[], names: readonly string[]): Uint8Array[] {
  const count = steps.reduce((sum, step) => sum + step.microBatches.reduce((all, { length }) => all + length, 0), 0);
  const positions = new Uint32Array(count);
  let at = 0;
  for (const { microBatches } of steps)
    for (const batch of microBatches) {
      positions.set(batch, at);
      at += batch.length;
    }
  const places = standardControls.map((name) => names.indexOf(name));
  const controls = Float32Array.from(steps.flatMap((step) => places.map((place) => step.controls[place] ?? 0)));
  return [new Uint8Array(positions.buffer), new Uint8Array(controls.buffer)];
}
