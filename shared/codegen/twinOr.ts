/** What a definition says of its twin on a target; where it has none, that is kept as an obstacle and writing goes on. */
import { code } from '../ir/emit/code';
import type { Unsupported } from '../ir/emit/emission';
import type { TrainingCode } from '../ir/emit/trainingEmission';
import type { Obstacle } from './exportedModel';

/** `target`: as people call it, "PyTorch". */
export function twinOr<Code extends TrainingCode>(
  target: string,
  answer: Code | Unsupported | undefined,
  { path, name, title }: { path: string; name: string; title: string },
  obstacles: Obstacle[],
): Code {
  if (answer && !('unsupported' in answer)) return answer;
  const why = answer?.unsupported ?? `${title} has no twin in ${target}.`;
  obstacles.push({ path, name, why, instead: answer?.instead ?? 'Choose another one.' });
  return { expression: code`None` } as unknown as Code;
}
