/** The door through which a loss enters the library: its schema's types are checked where it is written. */
import type { LossDefinition } from '../ir/trainingDefinitions';
import type { ParamSchema } from '../ir/params';

export function defineLoss<Schema extends ParamSchema>(definition: LossDefinition<Schema>): LossDefinition {
  return definition as unknown as LossDefinition;
}
