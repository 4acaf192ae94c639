/** Adds the confusion matrix to every head that decides between classes: the judgement at the end of a run is per class. */
import type { CheckedProgram, Head } from '../../shared/ir/program';

/** Only evaluations in full compute it, so steps and curves stay as they are. */
export function judgedProgram(program: CheckedProgram): CheckedProgram {
  return { ...program, heads: program.heads.map((head) => judgedHead(program, head)) };
}

function judgedHead({ library, main }: CheckedProgram, head: Head): Head {
  const definition = library.metrics.get('confusionMatrix');
  const output = Object.values(main.nodes.find(({ id }) => id === head.path)?.inputTypes ?? {})[0];
  if (!definition || !output || !head.target) return head;
  if (head.metrics.some((metric) => metric.definition === definition)) return head;
  const loss = { type: head.loss.definition.type, params: head.loss.params };
  if (definition.check({}, output, head.target, loss) !== null) return head;
  return { ...head, metrics: [...head.metrics, { definition, params: {} }] };
}
