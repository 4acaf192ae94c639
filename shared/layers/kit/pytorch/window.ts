/** How PyTorch says windows: one number where both are equal; padding that a layer takes itself, or that stands before it. */
import { call, code, tuple, type Hole } from '../../../ir/emit/code';
import { isPadded, type Padding, type Pair } from '../spatial';

export const functional = 'from torch.nn import functional as F';

/** One number where both are equal. */
export function pair([vertical, horizontal]: Pair): Hole {
  return vertical === horizontal ? vertical : tuple([vertical, horizontal]);
}

/** Nothing where both are 1, which is what PyTorch takes then. */
export function unlessOne(pair2: Pair): Hole | undefined {
  return pair2[0] === 1 && pair2[1] === 1 ? undefined : pair(pair2);
}

/** [vertical, horizontal] where opposite sides are equal, so that one number an axis says it; else null. */
export function evenPadding({ top, bottom, left, right }: Padding): Pair | null {
  return top === bottom && left === right ? [top, left] : null;
}

/** Rows and columns around an image with its channels first; of zeros unless a value is given. */
export function padded(x: Hole, padding: Padding, value?: Hole): Hole {
  return isPadded(padding) ? call(code`F.pad`, [x, sides(padding)], { value }) : x;
}

/** Left, right, top, bottom: the order of `F.pad` and `nn.ZeroPad2d`. */
export function sides({ top, bottom, left, right }: Padding): Hole {
  return tuple([left, right, top, bottom]);
}
