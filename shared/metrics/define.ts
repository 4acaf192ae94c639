/** The door through which a metric enters the library: its schema's types are checked where it is written. */
import type { MetricDefinition } from '../ir/trainingDefinitions';
import type { ParamSchema } from '../ir/params';

export function defineMetric<Schema extends ParamSchema>(definition: MetricDefinition<Schema>): MetricDefinition {
  return definition as unknown as MetricDefinition;
}
