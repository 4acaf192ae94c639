/** The door through which a layer enters the library: checks its schema's types where it is written, then forgets them. */
import type { LayerDefinition } from '../ir/layerDefinition';
import type { ParamSchema } from '../ir/params';

export function defineLayer<Schema extends ParamSchema>(definition: LayerDefinition<Schema>): LayerDefinition {
  // The registry cannot name each schema; `resolveParams` guarantees that what reaches a definition fits its own.
  return definition as unknown as LayerDefinition;
}
