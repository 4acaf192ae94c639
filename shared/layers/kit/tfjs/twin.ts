/** What twins in TensorFlow.js share: a single layer, how a window and zeros around an image are written. */
import { call, code, list, type Fragment, type Hole, type Keywords } from '../../../ir/emit/code';
import type { CodeEmission, Helper, Unsupported } from '../../../ir/emit/emission';
import type { WeightTwin } from '../../../ir/emit/transform';
import type { TensorType } from '../../../ir/tensorType';
import type { Padding, Pair } from '../spatial';
import { layerArguments } from './layerArguments';

/** One layer; `make` is the function that makes it. */
export function tfjsLayer(make: Fragment, settings: Keywords = {}, weights: readonly WeightTwin[] = []): CodeEmission {
  return { member: call(make, [], settings), weights };
}

/** A class that the code brings along; `make` is its construction. */
export function tfjsClass(
  make: Fragment,
  helpers: readonly Helper[],
  settings: Keywords,
  weights: readonly WeightTwin[] = [],
): CodeEmission {
  return { ...tfjsLayer(make, settings, weights), helpers: [layerArguments, ...helpers] };
}

/** The layer on an image with zeros around it. */
export function afterPadding(emission: CodeEmission, padding: Padding): CodeEmission {
  const layer = call(code`tf.layers.zeroPadding2d`, [], { padding: marginsOf(padding) });
  return { ...emission, before: [{ suffix: 'padding', layer }] };
}

/** [[top, bottom], [left, right]]. */
export function marginsOf({ top, bottom, left, right }: Padding): Hole {
  return list([list([top, bottom]), list([left, right])]);
}

/** One number for both directions where that is enough. */
export function sizeOf([vertical, horizontal]: Pair): Hole {
  return vertical === horizontal ? vertical : list([vertical, horizontal]);
}

export function pairOf(pair: Pair): Hole {
  return list([...pair]);
}

/** Null where the library normalises values of so many axes. */
export function tooManyAxes(layer: string, { dims }: TensorType): Unsupported | null {
  if (dims.length <= 4) return null;
  return {
    unsupported: `TensorFlow.js normalises values of at most four axes, and the input of ${layer} has ${dims.length}.`,
    instead: 'Join axes with a Reshape before it, and take them apart again after it.',
  };
}
