/** How TypeScript is written: prettier's layout at 100 columns with single quotes, comments that cannot end early. */
import { escapedText, isPlain } from './plainText';
import { builders } from 'prettier/doc';
import type { Call, Hole } from '../ir/emit/code';
import type { Doc, Language } from './printCode';

const { conditionalGroup, fill, group, ifBreak, indent, join, line, softline } = builders;

export const typescript: Language = {
  width: 100,
  indent: 2,
  quote: typescriptString,
  number: typescriptNumber,
  constants: { true: 'true', false: 'false', null: 'null' },
  call: writeCall,
  sequence: (_kind, items, holes) => writeArray(items, holes),
};

/** Keywords are the properties of one object, the last argument. */
function writeCall({ callee, positional, keywords }: Call, write: (hole: Hole) => Doc): Doc {
  const given = positional.map(write);
  const properties = keywords.map(([name, value]): Doc => [name === '...' ? name : `${name}: `, write(value)]);
  const all = properties.length > 0 ? [...given, writeObject(properties)] : given;
  const opens = properties.length > 0 || isList(positional[positional.length - 1]);
  return [write(callee), opens ? openingLast(all) : writeArguments(all)];
}

/** Only the last argument, an object or a list, is opened where that suffices. */
function openingLast(given: readonly Doc[]): Doc {
  const last = given[given.length - 1] as Doc;
  if (given.length === 1) return ['(', last, ')'];
  const first = given.slice(0, -1).flatMap((argument) => [argument, ', ']);
  const opened = group(last, { shouldBreak: true });
  return conditionalGroup([['(', ...first, last, ')'], ['(', ...first, opened, ')'], writeArguments(given)]);
}

function writeArguments(given: readonly Doc[]): Doc {
  if (given.length === 0) return '()';
  return group(['(', indent([softline, join([',', line], [...given]), ifBreak(',')]), softline, ')']);
}

function writeObject(properties: readonly Doc[]): Doc {
  return group(['{', indent([line, join([',', line], [...properties]), ifBreak(',')]), line, '}']);
}

/** Numbers fill lines; of several lists of several entries each has a line of its own. */
function writeArray(items: readonly Doc[], holes: readonly Hole[]): Doc {
  if (items.length === 0) return '[]';
  const numbers = items.length > 1 && holes.every((hole) => typeof hole === 'number');
  const inner = numbers ? filled(items) : join([',', line], [...items]);
  const shouldBreak = holes.length > 1 && holes.every(isLongList);
  return group(['[', indent([softline, inner, ifBreak(',')]), softline, ']'], { shouldBreak });
}

function filled(items: readonly Doc[]): Doc {
  const last = items.length - 1;
  return fill(items.flatMap((item, at) => (at === last ? [item] : [[item, ','], line])));
}

function isList(hole: Hole | undefined): boolean {
  return typeof hole === 'object' && hole?.kind === 'list' && hole.items.length > 0;
}

function isLongList(hole: Hole): boolean {
  return typeof hole === 'object' && hole?.kind === 'list' && hole.items.length > 1;
}

/** A literal of one line for any string, lone surrogates and control characters included. */
function typescriptString(value: string): string {
  const count = (quote: string): number => value.split(quote).length - 1;
  const quote = count("'") > count('"') ? '"' : "'";
  return quote + escaped(value).replaceAll(quote, `\\${quote}`) + quote;
}

function typescriptNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that code can hold`);
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** A comment before a declaration, wrapped at the page's width; nothing in it can end it. */
export function docComment(text: string, depth = 0): string[] {
  const margin = ' '.repeat(depth * typescript.indent);
  const words = commentText(text);
  const room = typescript.width - margin.length;
  if (words.length + '/**  */'.length <= room) return [`${margin}/** ${words} */`];
  return [`${margin}/**`, ...wrapped(words, room - 3).map((row) => `${margin} * ${row}`), `${margin} */`];
}

/** The lines of a text, broken between words. */
function wrapped(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows[rows.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** Text of a comment: one line, single spaces, nothing that ends it. */
function commentText(value: string): string {
  const plain = [...value].map((character) => (isPlain(character) ? character : ' ')).join('');
  return plain.replaceAll('*/', '* /').split(/ +/).join(' ').trim();
}

function escaped(value: string): string {
  return escapedText(value, (point) => `\\u{${point.toString(16)}}`);
}

/** An import of these names, on one line where it fits. */
export function importLines(names: readonly string[], from: string): string[] {
  const whole = `import { ${names.join(', ')} } from '${from}';`;
  return whole.length <= typescript.width
    ? [whole]
    : ['import {', ...names.map((name) => `  ${name},`), `} from '${from}';`];
}
