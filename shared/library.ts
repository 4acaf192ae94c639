/** The built-in library: every registry in one value. */
import { dataSetRegistry } from './datasets/registry';
import type { Library } from './ir/library';
import { layerRegistry } from './layers/registry';
import { lossRegistry } from './losses/registry';
import { metricRegistry } from './metrics/registry';
import { optimizerRegistry } from './optimizers/registry';
import { scheduleRegistry } from './schedules/registry';

export const library: Library = {
  layers: layerRegistry,
  losses: lossRegistry,
  metrics: metricRegistry,
  optimizers: optimizerRegistry,
  schedules: scheduleRegistry,
  dataSets: dataSetRegistry,
};
