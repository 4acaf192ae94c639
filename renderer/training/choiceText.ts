/** What `auto` decided, in a few words: the engine, how fast it is, and how fast the others are. */
import type { EngineChoice } from '../../shared/ipc/studio/engineSchemas';
import type { Language } from '../i18n/language';
import { sentenceText } from '../i18n/sentenceText';
import { stepTime } from '../../shared/training/stepTime';
import type { trainingStrings } from './strings';

type Words = (typeof trainingStrings)['en'];

/** "auto chose pytorch: 4.1 ms a step". */
export function choiceText({ engine, trials }: EngineChoice, words: Words): string {
  const chosen = trials.find((trial) => trial.engine === engine);
  if (chosen && chosen.milliseconds !== null) return words.autoChose(engine, stepTime(chosen.milliseconds));
  return chosen?.problem === null ? words.autoOnly(engine) : words.autoUntimed(engine);
}

/** Every other engine with its time, or why it has none: for who wants to know more. */
export function otherTrials({ engine, trials }: EngineChoice, language: Language): string {
  return trials
    .filter((trial) => trial.engine !== engine)
    .map(
      (trial) =>
        `${trial.engine}: ${trial.milliseconds === null ? sentenceText(trial.problem ?? '–', language) : stepTime(trial.milliseconds)}`,
    )
    .join('\n');
}
