/** What attention asks of its inputs, and what would mend them. */
import type { Types } from '../../ir/layerDefinition';
import { formatType, sampleSizes, type TensorType } from '../../ir/tensorType';
import { problem, type Problem } from '../../messages';
import type { Repair } from '../../messages/define';
import { notFloat } from '../kit/typeChecks';

const layer = 'MultiHeadAttention';

/** Null where every wired input is a sequence and key and value have one length. */
export function attentionProblem(inputs: Types): Problem | null {
  for (const port of ['query', 'value', 'key']) {
    const type = inputs[port];
    const wrong = type ? sequenceProblem(type, port) : null;
    if (wrong) return wrong;
  }
  const { key, value } = inputs;
  if (!key) return null;
  if (!value)
    return problem('inputMissing', { layer, port: 'value', because: 'because key has one' }, { port: 'value' });
  if (key.dims[1]!.size === value.dims[1]!.size) return null;
  const expected = 'key and value of one length in time';
  const types = { first: formatType(key), firstPort: 'key', second: formatType(value), secondPort: 'value' };
  return problem('sizesDiffer', { layer, expected, ...types }, { port: 'key' });
}

function sequenceProblem(type: TensorType, port: string): Problem | null {
  const wrong = notFloat(layer, type, port);
  if (wrong) return wrong;
  const received = formatType(type);
  if (type.dims.length !== 3) {
    const args = { layer, expected: 'a sequence, batch×time×features', received };
    return problem('wrongRank', args, { port, repairs: reshapeRepairs(sampleSizes(type), port) });
  }
  return typeof type.dims[2]!.size === 'string' ? problem('sizeNotKnown', { layer, received }, { port }) : null;
}

/** Reads the pixels of an image as steps of a sequence. */
function reshapeRepairs(sizes: readonly (number | string)[], port: string): Repair[] {
  if (sizes.length < 3 || sizes.some((size) => typeof size === 'string')) return [];
  const shape = [-1, sizes[sizes.length - 1] as number];
  const title = 'Insert a Reshape that makes every pixel a step of a sequence';
  return [{ title, actions: [{ action: 'insertBefore', port, layer: 'Reshape', params: { shape } }] }];
}
