/** What can be wrong with the data configuration of a design. */
import { errorMessage } from './define';

export const dataMessages = {
  unknownDataSet: errorMessage(
    (a: { source: string; near: string[]; known: string[] }) =>
      `There is no data set "${a.source}". ` +
      (a.near.length > 0 ? `Did you mean ${a.near.join(' or ')}?` : `Known are ${a.known.join(', ')}.`),
  ),
  unknownDataParam: errorMessage(
    (a: { source: string; param: string; known: string[] }) =>
      `The data set ${a.source} has no parameter "${a.param}"; it has ${a.known.join(', ') || 'none'}.`,
  ),
  invalidDataParam: errorMessage(
    (a: { source: string; param: string; expected: string; received: string }) =>
      `data.${a.param} (of ${a.source}): expected ${a.expected}, received ${a.received}.`,
  ),
};
