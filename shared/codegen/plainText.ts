/** Which characters may stand in written code as they are, and how all others are written: the same for every language. */

/** Letters, digits, punctuation, symbols and the plain space; nothing that controls, hides or joins. */
export function isPlain(character: string): boolean {
  return character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

const named: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** For the inside of a string; `beyond` is how the language writes a code point above 0xffff. */
export function escapedText(value: string, beyond: (point: number) => string): string {
  const hex = (character: string): string => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0xffff ? beyond(point) : `\\u${point.toString(16).padStart(4, '0')}`;
  };
  return [...value].map((character) => named[character] ?? (isPlain(character) ? character : hex(character))).join('');
}
