/** The check that layers over the last dimension share: real numbers, and a last size that is known. */
import type { Types } from '../../ir/layerDefinition';
import { formatType } from '../../ir/tensorType';
import { problem, type Problem } from '../../messages';
import { notFloat } from './typeChecks';

/** The size of the last dimension of `input`, or what does not fit; `name` is how the layer calls that dimension. */
export function knownChannels(
  layer: string,
  inputs: Types,
  name: 'channels' | 'features' = 'channels',
): number | Problem {
  const type = inputs.input!;
  const wrong = notFloat(layer, type);
  if (wrong) return wrong;
  const size = type.dims.length < 2 ? undefined : type.dims[type.dims.length - 1]?.size;
  if (typeof size === 'number') return size;
  const args = { layer, received: formatType(type) };
  if (size !== undefined) return problem('sizeNotKnown', args, { port: 'input' });
  return problem('wrongRank', { ...args, expected: `batch×...×${name}` }, { port: 'input' });
}
