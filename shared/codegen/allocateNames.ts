/** Turns names of the drawing into identifiers: readable, unique within a scope, and never a word with a meaning of its own. */
import { brandName, type Name } from '../ir/emit/code';

export type NameStyle = 'snake_case' | 'camelCase' | 'PascalCase';

export interface Scope {
  /** The identifier for a wanted name; `fallback` (of our own source) where nothing of it can stand in code. */
  allocate: (wanted: string, fallback: string) => Name;
}

/** Identifiers are compared without case, so that none differ by that alone; `longest` is without the number of a second. */
export function createScope(style: NameStyle, reserved: Iterable<string>, longest = 60): Scope {
  const taken = new Set([...reserved].map((word) => word.toLowerCase()));
  return {
    allocate: (wanted, fallback) => {
      const base = identifierOf(wanted, style, longest) || identifierOf(fallback, style, longest);
      let candidate = base;
      for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = numbered(base, count, style);
      taken.add(candidate.toLowerCase());
      return brandName(candidate);
    },
  };
}

/** Latin letters and digits of the name, as words joined in the style; empty where none are left. */
function identifierOf(name: string, style: NameStyle, longest: number): string {
  const words = name
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = join(words, style).slice(0, longest).replace(/_+$/, '');
  if (joined === '') return '';
  return /^[0-9]/.test(joined) ? `${style === 'PascalCase' ? 'N' : 'n'}${joined}` : joined;
}

function join(words: readonly string[], style: NameStyle): string {
  if (style === 'snake_case') return words.map((word) => word.toLowerCase()).join('_');
  const capital = (word: string): string =>
    word.slice(0, 1).toUpperCase() + (/^[A-Z0-9]+$/.test(word) && word.length < 4 ? word.slice(1) : lower(word));
  const small = (word: string): string => (word === word.toUpperCase() ? word.toLowerCase() : uncapital(word));
  return words.map((word, at) => (style === 'camelCase' && at === 0 ? small(word) : capital(word))).join('');
}

function lower(word: string): string {
  return word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
}

function uncapital(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function numbered(base: string, count: number, style: NameStyle): string {
  const needsGap = style === 'snake_case' || /[0-9]$/.test(base);
  return `${base}${needsGap ? '_' : ''}${count}`;
}
