/** What is known of an engine, as rows of a card: only what was found. */
import type { EngineStatus } from '../../shared/ipc/studio/engineSchemas';
import { lacksCard } from '../../shared/training/lacksCard';
import { stepTime } from '../../shared/training/stepTime';
import { formatBytes } from '../i18n/amounts';
import type { Language } from '../i18n/language';
import { sentenceText } from '../i18n/sentenceText';
import type { engineStrings } from './strings';

export interface Fact {
  title: string;
  text: string;
}

type Words = (typeof engineStrings)['en'];

export function engineFacts({ probe, environment }: EngineStatus, words: Words, language: Language): Fact[] {
  const facts: [string, string][] = [];
  if (probe) facts.push(...deviceFacts(probe, words, language));
  if (probe && lacksCard(probe, environment !== null)) facts.splice(1, 0, [words.graphics, words.noCard]);
  if (environment && environment.python !== null) {
    const { python, bytes, folder } = environment;
    const size = bytes === null ? '' : ` · ${formatBytes(bytes)}`;
    facts.push([words.environment, `Python ${python}${size} · ${folder}`]);
  }
  return facts.filter(([, text]) => text !== '').map(([title, text]) => ({ title, text }));
}

function deviceFacts(probe: NonNullable<EngineStatus['probe']>, words: Words, language: Language): [string, string][] {
  const { device, driver, cuda, computeCapability, builtFor, memory, versions, seconds } = probe;
  const built = builtFor && builtFor.length > 0 ? words.builtFor(builtFor.join(' ')) : '';
  return [
    [words.device, sentenceText(device ?? '', language)],
    [words.memory, memory ? words.memoryFree(formatBytes(memory.free), formatBytes(memory.total)) : ''],
    [words.driver, driver ?? ''],
    [words.cuda, cuda ?? ''],
    [words.capability, [computeCapability ?? '', built].filter((text) => text !== '').join(' · ')],
    [
      words.versions,
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(' · '),
    ],
    [words.product, seconds === null ? '' : words.productTime(stepTime(seconds * 1000))],
  ];
}
