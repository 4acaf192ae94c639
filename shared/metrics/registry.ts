/** The closed list of metrics: one line a metric. */
import { createRegistry } from '../ir/registry';
import { accuracy } from './accuracy';
import { confusionMatrix } from './confusionMatrix';
import { meanAbsoluteError } from './meanAbsoluteError';
import { topK } from './topK';

export const metricRegistry = createRegistry([accuracy, topK, confusionMatrix, meanAbsoluteError]);
