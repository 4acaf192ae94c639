/** The closed list of losses: one line a loss. */
import { createRegistry } from '../ir/registry';
import { binaryCrossEntropy } from './binaryCrossEntropy';
import { crossEntropy } from './crossEntropy';
import { meanSquaredError } from './meanSquaredError';

export const lossRegistry = createRegistry([crossEntropy, binaryCrossEntropy, meanSquaredError]);
