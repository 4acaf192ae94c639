/** The closed list of optimizers: one line an optimizer. */
import { createRegistry } from '../ir/registry';
import { adam } from './adam';
import { adamW } from './adamW';
import { sgd } from './sgd';

export const optimizerRegistry = createRegistry([sgd, adam, adamW]);
