/** Words that have a meaning of their own in generated Keras code: no name of a drawing becomes one of them. */
import { pythonBuiltins, pythonKeywords } from '../pytorch/reserved';

/** So long that a layer's variable and the name of its class stand on one line. */
export const longestName = 36;

/** What model.py imports and defines beside helpers and blocks, and what its functions call their own. */
const modelNames = [
  ...['keras', 'layers', 'ops', 'math', 'Any'],
  ...['make_model', 'name', 'index', 'model', 'outputs'],
];

export const kerasReserved: readonly string[] = [...pythonKeywords, ...pythonBuiltins, ...modelNames];

/** What train.py imports, and what its functions call their own. */
const scriptVariables = [
  ...['keras', 'ops', 'np', 'math', 'Any', 'Path', 'make_model', 'part', 'fields', 'files', 'file', 'field'],
  ...['inputs', 'targets', 'load_data', 'FOLDER', 'arrays'],
];

export const scriptReserved: readonly string[] = [...pythonKeywords, ...pythonBuiltins, ...scriptVariables];
