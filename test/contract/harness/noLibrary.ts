/** A library without entries, except that any name is a loss or a metric without parameters: for checks of layers alone. */
import type { Library } from '../../../shared/ir/library';
import { createRegistry } from '../../../shared/ir/registry';

const anything = { list: [], get: (type: string) => ({ type, params: {} }) as never, near: () => [] };

export const noLibrary: Library = {
  layers: createRegistry([]),
  losses: anything,
  metrics: anything,
  optimizers: createRegistry([]),
  schedules: createRegistry([]),
  dataSets: createRegistry([]),
};
