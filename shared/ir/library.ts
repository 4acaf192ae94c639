/** Everything that a design may name, handed to `compile` and carried by the program it makes. */
import type { DataSetDefinition } from './dataSetDefinition';
import type { LayerDefinition } from './layerDefinition';
import type { Registry } from './registry';
import type { LossDefinition, MetricDefinition, OptimizerDefinition, ScheduleDefinition } from './trainingDefinitions';

export interface Library {
  layers: Registry<LayerDefinition>;
  losses: Registry<LossDefinition>;
  metrics: Registry<MetricDefinition>;
  optimizers: Registry<OptimizerDefinition>;
  schedules: Registry<ScheduleDefinition>;
  dataSets: Registry<DataSetDefinition>;
}
