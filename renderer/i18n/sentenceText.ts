/**
 * Sentences of engines, Pythons, installations and ends of runs in the user's language. They are made far away, stand in logs and notes
 * on the disk as English, and may hold others; the table that made a sentence tells what was put into it.
 */
import {
  cardSentences,
  engineSentences,
  pytorchSentences,
  tensorflowPredicates,
  tensorflowSentences,
} from '../../shared/messages/engineSentences';
import { environmentWords, installFailures, installSteps } from '../../shared/messages/installSentences';
import { pythonPredicates, pythonSentences } from '../../shared/messages/pythonSentences';
import { processEnds, runSentences } from '../../shared/messages/runSentences';
import {
  cardSentencesZh,
  engineSentencesZh,
  pytorchSentencesZh,
  tensorflowPredicatesZh,
  tensorflowSentencesZh,
} from './engineSentencesZh';
import type { Language } from './language';
import {
  environmentWordsZh,
  installFailuresZh,
  installStepsZh,
  pythonPredicatesZh,
  pythonSentencesZh,
} from './pythonSentencesZh';
import { processEndsZh, runSentencesZh } from './runSentencesZh';

type Table = Readonly<Record<string, string>>;

interface Rule {
  pattern: RegExp;
  holes: readonly string[];
  chinese: string;
  /** Characters that are no holes. */
  certainty: number;
}

/** What has fewer is this sentence only where something in it is one of ours. */
const fewest = 6;

const predicates = [
  ...rulesOf(pythonPredicates, pythonPredicatesZh),
  ...rulesOf(tensorflowPredicates, tensorflowPredicatesZh),
];

const rules = [
  ...predicates,
  ...rulesOf(pythonSentences, pythonSentencesZh),
  ...rulesOf(installSteps, installStepsZh),
  ...rulesOf(installFailures, installFailuresZh),
  ...rulesOf(environmentWords, environmentWordsZh),
  ...rulesOf(engineSentences, engineSentencesZh),
  ...rulesOf(cardSentences, cardSentencesZh),
  ...rulesOf(tensorflowSentences, tensorflowSentencesZh),
  ...rulesOf(pytorchSentences, pytorchSentencesZh),
  ...rulesOf(runSentences, runSentencesZh),
  ...rulesOf(processEnds, processEndsZh),
].sort((a, b) => b.certainty - a.certainty);

/** What a library or the system said itself stays as it is. */
export function sentenceText(text: string, language: Language): string {
  return language === 'en' ? text : (chineseSentence(text) ?? text);
}

/** Null where it is not one of ours, nor several of them. */
export function chineseSentence(text: string): string | null {
  return sentence(text)?.text ?? null;
}

/** Several readings may fit, as what fills a hole may look like the next sentence: the one that leaves least is meant. */
interface Reading {
  text: string;
  /** Characters that stayed as they were. */
  left: number;
}

function sentence(text: string): Reading | null {
  return least([whole(text), ...severalOf(text)]);
}

/** "One. Another." */
function* severalOf(text: string): Iterable<Reading | null> {
  for (let end = text.length - 1; end > 0; end -= 1) {
    if (text[end] !== ' ' || !/[.!?…)]/.test(text[end - 1] ?? '')) continue;
    const first = whole(text.slice(0, end));
    const rest = first && sentence(text.slice(end + 1));
    if (first && rest) yield { text: `${first.text}${rest.text}`, left: first.left + rest.left };
  }
}

function least(readings: Iterable<Reading | null>): Reading | null {
  let best: Reading | null = null;
  for (const reading of readings) if (reading && (!best || reading.left < best.left)) best = reading;
  return best;
}

function rulesOf(english: Table, chinese: Table): Rule[] {
  return Object.entries(english).map(([name, template]) => {
    const parts = template.split(/\{(\w+)\}/);
    const literals = parts.filter((_, at) => at % 2 === 0);
    const pattern = literals.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^]*?)');
    return {
      pattern: new RegExp(`^${pattern}$`),
      holes: parts.filter((_, at) => at % 2 === 1),
      chinese: chinese[name] ?? '',
      certainty: literals.join('').length,
    };
  });
}

function whole(text: string): Reading | null {
  return least(rules.map((rule) => readBy(rule, text)));
}

function readBy({ pattern, holes, chinese, certainty }: Rule, text: string): Reading | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const values = found.slice(1);
  const parts = values.map(part);
  if (certainty < fewest && holes.length > 0 && parts.every((one) => one === null)) return null;
  const filled = holes.map((hole, at) => [
    hole,
    parts[at] ?? { text: values[at] ?? '', left: values[at]?.length ?? 0 },
  ]);
  const inside = Object.fromEntries(filled) as Readonly<Record<string, Reading>>;
  return {
    text: chinese.replace(/\{(\w+)\}/g, (_, hole: string) => inside[hole]?.text ?? ''),
    left: Object.values(inside).reduce((sum, { left }) => sum + left, 0),
  };
}

/** What fills a hole; null where it is a name, a number, or words of others. */
function part(text: string): Reading | null {
  return least([sentence(text), withoutStop(text), ...namedParts(text), listPart(text)]);
}

/** A sentence may have given up its full stop to the one that it stands in. */
function withoutStop(text: string): Reading | null {
  const reading = sentence(`${text}.`);
  return reading && { ...reading, text: reading.text.replace(/。$/, '') };
}

/** "python3 is not on the PATH". */
function* namedParts(text: string): Iterable<Reading | null> {
  for (let at = text.indexOf(' '); at > 0; at = text.indexOf(' ', at + 1)) {
    const rest = text.slice(at + 1);
    const said = least(predicates.map((rule) => readBy(rule, rest)));
    if (!said) continue;
    const name = text.slice(0, at);
    const known = sentence(name) ?? { text: name, left: name.length };
    yield { text: `${known.text} ${said.text}`, left: known.left + said.left };
  }
}

/** "a; b; c" and "torch, numpy and safetensors". */
function listPart(text: string): Reading | null {
  const items = text.split('; ');
  if (items.length > 1) {
    const parts = items.map((item) => part(item) ?? { text: item, left: item.length });
    return { text: parts.map((one) => one.text).join('；'), left: parts.reduce((sum, { left }) => sum + left, 0) };
  }
  const listed = /^(\S+(?:, \S+)*) (and|or) (\S+)$/.exec(text);
  if (!listed) return null;
  const [, first = '', word, last = ''] = listed;
  return { text: `${first.split(', ').join('、')} ${word === 'or' ? '或' : '和'} ${last}`, left: text.length - 4 };
}
