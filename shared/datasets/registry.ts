/** The closed list of data sets: one line each. */
import type { DataSetDefinition } from '../ir/dataSetDefinition';
import { createRegistry } from '../ir/registry';
import { csv } from './csv';
import { digits } from './digits';
import { fashionMnist } from './fashionMnist';
import { mnist } from './mnist';
import { npz } from './npz';
import { spirals } from './spirals';
import { xor } from './xor';

export const dataSetRegistry = createRegistry<DataSetDefinition>([xor, spirals, digits, mnist, fashionMnist, csv, npz]);
