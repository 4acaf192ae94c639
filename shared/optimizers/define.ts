/** The door through which a optimizer enters the library: its schema's types are checked where it is written. */
import type { OptimizerDefinition } from '../ir/trainingDefinitions';
import type { ParamSchema } from '../ir/params';

export function defineOptimizer<Schema extends ParamSchema>(
  definition: OptimizerDefinition<Schema>,
): OptimizerDefinition {
  return definition as unknown as OptimizerDefinition;
}
