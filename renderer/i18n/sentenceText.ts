/**
 * Sentences of engines, Pythons, installations and ends of runs in the user's language. They are made far away, stand in logs and notes
 * on the disk as English, and may hold others; the table that made a sentence tells what was put into it.
 */
import {
  cardSentences,
  engineSentences,
  pytorchNotes,
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
  pytorchNotesZh,
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
/** Longer texts are reports of libraries, which stay as they are. */
const longest = 1200;
/** Texts that are looked at to read one: what somebody else wrote may have a sentence at each of its words. */
const mostTries = 1500;
/** Texts that a window shows come again and again. */
const mostKept = 200;

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
  ...rulesOf(pytorchNotes, pytorchNotesZh),
  ...rulesOf(runSentences, runSentencesZh),
  ...rulesOf(processEnds, processEndsZh),
].sort((a, b) => b.certainty - a.certainty);

/** What a library or the system said itself stays as it is. */
export function sentenceText(text: string, language: Language): string {
  return language === 'en' ? text : (chineseSentence(text) ?? text);
}

/** Null where it is not one of ours, nor several of them. */
export function chineseSentence(text: string): string | null {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const read = text.length > longest ? null : (new Reader().sentence(text)?.text ?? null);
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, read);
  return read;
}

const kept = new Map<string, string | null>();

/** Several readings may fit, as what fills a hole may look like the next sentence: the one that leaves least is meant. */
interface Reading {
  text: string;
  /** Characters that stayed as they were. */
  left: number;
}

/** Reads one text. Each part is read once, and past `mostTries` of them none is known any more. */
class Reader {
  readonly #known = {
    sentence: new Map<string, Reading | null>(),
    whole: new Map<string, Reading | null>(),
    part: new Map<string, Reading | null>(),
  };
  #tries = 0;

  sentence(text: string): Reading | null {
    return this.#once('sentence', text, () => least([this.#whole(text), ...this.#several(text)]));
  }

  #once(kind: 'sentence' | 'whole' | 'part', text: string, read: () => Reading | null): Reading | null {
    const known = this.#known[kind].get(text);
    if (known !== undefined) return known;
    this.#tries += 1;
    if (this.#tries > mostTries) return null;
    // It is not itself a part of itself.
    this.#known[kind].set(text, null);
    const reading = read();
    this.#known[kind].set(text, reading);
    return reading;
  }

  /** "One. Another." */
  *#several(text: string): Iterable<Reading | null> {
    for (let end = text.length - 1; end > 0; end -= 1) {
      if (text[end] !== ' ' || !/[.!?…)]/.test(text[end - 1] ?? '')) continue;
      const first = this.#whole(text.slice(0, end));
      const rest = first && this.sentence(text.slice(end + 1));
      if (first && rest) yield { text: `${first.text}${rest.text}`, left: first.left + rest.left };
    }
  }

  #whole(text: string): Reading | null {
    return this.#once('whole', text, () => least(rules.map((rule) => this.#readBy(rule, text))));
  }

  #readBy({ pattern, holes, chinese, certainty }: Rule, text: string): Reading | null {
    const found = pattern.exec(text);
    if (!found) return null;
    const values = found.slice(1);
    const parts = values.map((value) => this.#part(value));
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
  #part(text: string): Reading | null {
    return this.#once('part', text, () =>
      least([this.sentence(text), this.#withoutStop(text), ...this.#named(text), this.#list(text)]),
    );
  }

  /** A sentence may have given up its full stop to the one that it stands in. */
  #withoutStop(text: string): Reading | null {
    const reading = this.sentence(`${text}.`);
    return reading && { ...reading, text: reading.text.replace(/。$/, '') };
  }

  /** "python3 is not on the PATH". */
  *#named(text: string): Iterable<Reading | null> {
    for (let at = text.indexOf(' '); at > 0; at = text.indexOf(' ', at + 1)) {
      const rest = text.slice(at + 1);
      const said = least(predicates.map((rule) => this.#readBy(rule, rest)));
      if (!said) continue;
      const name = text.slice(0, at);
      const known = this.sentence(name) ?? { text: name, left: name.length };
      yield { text: `${known.text} ${said.text}`, left: known.left + said.left };
    }
  }

  /** "a; b; c" and "torch, numpy and safetensors". */
  #list(text: string): Reading | null {
    const items = text.split('; ');
    if (items.length > 1) {
      const parts = items.map((item) => this.#part(item) ?? { text: item, left: item.length });
      return { text: parts.map((one) => one.text).join('；'), left: parts.reduce((sum, { left }) => sum + left, 0) };
    }
    const listed = /^(\S+(?:, \S+)*) (and|or) (\S+)$/.exec(text);
    if (!listed) return null;
    const [, first = '', word, last = ''] = listed;
    return { text: `${first.split(', ').join('、')} ${word === 'or' ? '或' : '和'} ${last}`, left: text.length - 4 };
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
