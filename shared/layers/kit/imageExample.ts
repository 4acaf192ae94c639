/** Examples of layers from image to image, one line each. */
import type { LayerExample } from '../../ir/layerDefinition';
import { imageType } from './imageType';

type Sizes = readonly [height: number, width: number, channels: number];

/** `macs` of one sample; none of these layers has weights that are not trained. */
export function imageExample(
  name: string,
  params: LayerExample['params'],
  from: Sizes,
  to: Sizes,
  { trainable = 0, macs = 0 }: { trainable?: number; macs?: number } = {},
): LayerExample {
  const inputs = { input: imageType(...from) };
  return { name, params, inputs, outputs: { output: imageType(...to) }, trainable, nonTrainable: 0, macs };
}
