/** What differs between two designs, said in the user's language: what came and went in one sentence each. */
import type { Json } from '../../shared/messages/define';
import type { DesignDifference } from './designDifferences';
import type { compareStrings } from './strings';

/** Of more nodes, the names alone are told. */
const mostWithLayer = 4;

type Words = (typeof compareStrings)['en'];

export function designSentences(differences: readonly DesignDifference[], words: Words): string[] {
  const blocks = [...new Set(differences.map(({ block }) => block))];
  return blocks.flatMap((block) => {
    const sentences = sentencesOf(
      differences.filter((one) => one.block === block),
      words,
    );
    return block === null ? sentences : sentences.map((sentence) => words.inBlock(block, sentence));
  });
}

function sentencesOf(differences: readonly DesignDifference[], words: Words): string[] {
  const nodes = (kind: 'nodeAdded' | 'nodeRemoved'): string => {
    const found = differences.flatMap((one) => (one.kind === kind ? [one] : []));
    const named = found.length > mostWithLayer;
    return words.listOf(found.map(({ name, layer }) => (named ? name : words.node(name, layer))));
  };
  const [added, removed] = [nodes('nodeAdded'), nodes('nodeRemoved')];
  return [
    ...(added === '' ? [] : [words.added(added)]),
    ...(removed === '' ? [] : [words.removed(removed)]),
    ...differences.flatMap((one) => sentenceOf(one, words) ?? []),
  ];
}

/** Null for what is said together with others. */
function sentenceOf(difference: DesignDifference, words: Words): string | null {
  const shown = (value: Json | undefined): string => {
    if (value === undefined) return words.byDefault;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  switch (difference.kind) {
    case 'nodeAdded':
    case 'nodeRemoved':
      return null;
    case 'nodeChanged': {
      const changes = difference.changes.map(({ key, before, after }) =>
        words.changedFrom(key, shown(before), shown(after)),
      );
      return words.changed(difference.name, words.listOf(changes));
    }
    case 'wireAdded':
      return words.wireAdded(difference.from, difference.to);
    case 'wireRemoved':
      return words.wireRemoved(difference.from, difference.to);
  }
}
