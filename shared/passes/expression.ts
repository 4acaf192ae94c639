/** Parameters computed from others: "=width * 2 ** index". A parser of its own, since a design file must not run code. */

type Token = { kind: 'number'; value: number } | { kind: 'name' | 'operator' | 'end'; text: string };

export type Scope = Readonly<Record<string, unknown>>;

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|[-+*/%(),]))/y;
const longest = 500;
const deepest = 50;

const functions = new Map<string, { call: (...values: number[]) => number; most: number }>([
  ['min', { call: Math.min, most: 100 }],
  ['max', { call: Math.max, most: 100 }],
  ['floor', { call: Math.floor, most: 1 }],
  ['ceil', { call: Math.ceil, most: 1 }],
  ['round', { call: Math.round, most: 1 }],
]);

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/** The names that an expression uses; of something unreadable, the names that it seems to use. */
export function namesIn(expression: string): string[] {
  return (expression.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []).filter((name) => !functions.has(name));
}

/**
 * Computes "=..." with + - * / % ** ( ) min max floor ceil round over the numbers in scope. A bare name may stand for a
 * value of any kind. Operators bind as in mathematics: ** first and from the right, then unary minus, * / %, + -.
 */
export function evaluateExpression(expression: string, scope: Scope): { value: unknown } | { error: string } {
  const source = expression.slice(1).trim();
  if (source.length > longest) return { error: `it is longer than ${longest} characters` };
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(source) && Object.prototype.hasOwnProperty.call(scope, source))
    return { value: scope[source] };
  const reader: Reader = { tokens: [], position: 0, depth: 0, scope, error: '' };
  try {
    reader.tokens = tokenise(reader, source);
    const value = readSum(reader);
    if (peek(reader).kind !== 'end') fail(reader, `${shown(reader)} is not expected there`);
    return Number.isFinite(value) ? { value } : { error: 'the result is not a finite number' };
  } catch (thrown) {
    if (thrown === stop) return { error: reader.error };
    throw thrown;
  }
}

interface Reader {
  tokens: readonly Token[];
  position: number;
  depth: number;
  readonly scope: Scope;
  error: string;
}

/** Thrown by `fail` and caught above, nowhere else; what went wrong stands in the reader. */
const stop = new Error('the expression cannot be computed');

function fail(reader: Reader, error: string): never {
  reader.error = error;
  throw stop;
}

function tokenise(reader: Reader, source: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(source);
    if (!match) return fail(reader, `"${source.slice(at).trim().charAt(0)}" is not understood`);
    if (match[1] !== undefined) tokens.push({ kind: 'number', value: Number(match[1]) });
    else if (match[2] !== undefined) tokens.push({ kind: 'name', text: match[2] });
    else tokens.push({ kind: 'operator', text: match[3] ?? '' });
  }
  return tokens;
}

const end: Token = { kind: 'end', text: 'the end' };

function peek(reader: Reader): Token {
  return reader.tokens[reader.position] ?? end;
}

function shown(reader: Reader): string {
  const token = peek(reader);
  return token.kind === 'number' ? String(token.value) : token.kind === 'end' ? token.text : `"${token.text}"`;
}

/** Takes one of these operators if it comes next. */
function take(reader: Reader, ...operators: string[]): string | null {
  const token = peek(reader);
  if (token.kind !== 'operator' || !operators.includes(token.text)) return null;
  reader.position++;
  return token.text;
}

/** Every way round the grammar passes here or through `readPower`, so that the call stack stays shallow. */
function descend(reader: Reader, read: (reader: Reader) => number): number {
  if (++reader.depth > deepest) fail(reader, `it is nested more than ${deepest} deep`);
  const value = read(reader);
  reader.depth--;
  return value;
}

function readSum(reader: Reader): number {
  let value = readProduct(reader);
  for (let operator = take(reader, '+', '-'); operator; operator = take(reader, '+', '-'))
    value = operator === '+' ? value + readProduct(reader) : value - readProduct(reader);
  return value;
}

function readProduct(reader: Reader): number {
  let value = readUnary(reader);
  for (let operator = take(reader, '*', '/', '%'); operator; operator = take(reader, '*', '/', '%')) {
    const by = readUnary(reader);
    if (by === 0 && operator !== '*') fail(reader, 'it divides by zero');
    value = operator === '*' ? value * by : operator === '/' ? value / by : value % by;
  }
  return value;
}

function readUnary(reader: Reader): number {
  let negative = false;
  for (let sign = take(reader, '-', '+'); sign; sign = take(reader, '-', '+')) negative = negative !== (sign === '-');
  const value = readPower(reader);
  return negative ? -value : value;
}

function readPower(reader: Reader): number {
  const base = readPrimary(reader);
  return take(reader, '**') === null ? base : base ** descend(reader, readUnary);
}

function readPrimary(reader: Reader): number {
  const token = peek(reader);
  if (token.kind === 'number') {
    reader.position++;
    return token.value;
  }
  if (token.kind === 'name') return readName(reader, token.text);
  if (take(reader, '(') === null) fail(reader, `a value is missing before ${shown(reader)}`);
  const value = descend(reader, readSum);
  if (take(reader, ')') === null) fail(reader, 'a closing parenthesis is missing');
  return value;
}

function readName(reader: Reader, name: string): number {
  reader.position++;
  const known = functions.get(name);
  if (known && take(reader, '(') !== null) return known.call(...readArguments(reader, name, known.most));
  const { scope } = reader;
  if (!Object.prototype.hasOwnProperty.call(scope, name))
    fail(reader, `there is no "${name}"; known here: ${Object.keys(scope).join(', ') || 'none'}`);
  const value = scope[name];
  return typeof value === 'number' ? value : fail(reader, `${name} is not a number`);
}

function readArguments(reader: Reader, name: string, most: number): number[] {
  const values = [descend(reader, readSum)];
  while (take(reader, ',') !== null) values.push(descend(reader, readSum));
  if (take(reader, ')') === null) fail(reader, `the parenthesis of ${name} is not closed`);
  if (values.length > most) fail(reader, `${name} takes ${most} value${most > 1 ? 's' : ''}`);
  return values;
}
