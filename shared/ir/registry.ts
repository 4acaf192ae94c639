/** A closed list of definitions found by name, with suggestions for names that are nearly right. */
import { nearNames } from '../messages/nearNames';

export interface Registry<Definition extends { type: string }> {
  readonly list: readonly Definition[];
  get: (type: string) => Definition | undefined;
  /** Names close to a wrong one, nearest first, at most three. */
  near: (type: string) => string[];
}

export function createRegistry<Definition extends { type: string; aliases?: readonly string[] }>(
  list: readonly Definition[],
): Registry<Definition> {
  const byType = new Map(list.map((definition) => [definition.type, definition]));
  if (byType.size !== list.length) throw new Error('two definitions have one name');
  return {
    list,
    get: (type) => byType.get(type),
    near: (type) =>
      nearNames(
        type,
        list.map(({ type: name, aliases = [] }) => ({ name, aliases })),
      ),
  };
}
