/** The kinds of parameters that definitions declare: each parses, describes and documents itself. */
import type { Json } from '../messages/define';

export type Parsed<T> = { value: T } | { expected: string };

/** One parameter of a definition. `form` tells the inspector which control to draw and its bounds. */
export interface Param<T> {
  kind: string;
  default: T;
  help: string;
  /** What is accepted, in words, for messages and documentation. */
  accepts: string;
  form: Record<string, Json>;
  parse: (value: unknown) => Parsed<T>;
}

/** The schema of a definition; `Param<never>` stands for "a parameter of any type" in the parser's result. */
export type ParamSchema = Record<string, Param<unknown>>;
export type ParamsOf<Schema> = { [Name in keyof Schema]: Schema[Name] extends Param<infer T> ? T : never };

export interface NumberOptions {
  default: number;
  min?: number;
  max?: number;
  /** The bound itself is not allowed. */
  above?: number;
  below?: number;
  help: string;
}

function bounds(options: NumberOptions): string {
  const parts: string[] = [];
  if (options.min !== undefined) parts.push(`at least ${options.min}`);
  if (options.above !== undefined) parts.push(`above ${options.above}`);
  if (options.max !== undefined) parts.push(`at most ${options.max}`);
  if (options.below !== undefined) parts.push(`below ${options.below}`);
  return parts.length > 0 ? ` ${parts.join(' and ')}` : '';
}

function inBounds(value: number, options: NumberOptions): boolean {
  return (
    value >= (options.min ?? -Infinity) &&
    value <= (options.max ?? Infinity) &&
    value > (options.above ?? -Infinity) &&
    value < (options.below ?? Infinity)
  );
}

function numberForm(options: NumberOptions): Record<string, Json> {
  const { min, max, above, below } = options;
  return JSON.parse(JSON.stringify({ min, max, above, below })) as Record<string, Json>;
}

export function number(options: NumberOptions): Param<number> {
  const accepts = `a number${bounds(options)}`;
  const parse = (value: unknown): Parsed<number> =>
    typeof value === 'number' && Number.isFinite(value) && inBounds(value, options) ? { value } : { expected: accepts };
  return { kind: 'number', default: options.default, help: options.help, accepts, form: numberForm(options), parse };
}

/** Whole numbers up to 2^31 - 1: what every engine can index with. */
export function integer(options: NumberOptions): Param<number> {
  const bounded = { max: 2 ** 31 - 1, ...options };
  const accepts = `a whole number${bounds({ ...options })}`;
  const parse = (value: unknown): Parsed<number> => {
    if (Number.isInteger(value) && inBounds(value as number, bounded)) return { value: value as number };
    // The bound that goes without saying is said to whom it stops.
    const beyond = typeof value === 'number' && value > bounded.max;
    return { expected: beyond ? `a whole number${bounds(bounded)}` : accepts };
  };
  return { kind: 'integer', default: options.default, help: options.help, accepts, form: numberForm(bounded), parse };
}

export function boolean(options: { default: boolean; help: string }): Param<boolean> {
  const accepts = 'true or false';
  const parse = (value: unknown): Parsed<boolean> => (typeof value === 'boolean' ? { value } : { expected: accepts });
  return { kind: 'boolean', ...options, accepts, form: {}, parse };
}

export function choice<const Option extends string>(
  options: readonly Option[],
  settings: { default: Option; help: string },
): Param<Option> {
  const accepts = `one of ${options.join(', ')}`;
  const parse = (value: unknown): Parsed<Option> =>
    options.includes(value as Option) ? { value: value as Option } : { expected: accepts };
  return { kind: 'choice', ...settings, accepts, form: { options: [...options] }, parse };
}

export function text(options: { default: string; help: string }): Param<string> {
  const accepts = 'text of at most 200 characters';
  const parse = (value: unknown): Parsed<string> =>
    typeof value === 'string' && value.length <= 200 ? { value } : { expected: accepts };
  return { kind: 'text', ...options, accepts, form: {}, parse };
}

/** The path of a file, as typed: relative ones count from the design's folder. */
export function path(options: { default: string; help: string }): Param<string> {
  const accepts = 'the path of a file';
  const parse = (value: unknown): Parsed<string> =>
    typeof value === 'string' && value.length <= 4096 ? { value } : { expected: accepts };
  return { kind: 'path', ...options, accepts, form: {}, parse };
}

/** A list of names, such as the columns of a table. */
export function textList(options: { default: readonly string[]; help: string }): Param<readonly string[]> {
  const accepts = 'a list of texts';
  const parse = (value: unknown): Parsed<readonly string[]> =>
    Array.isArray(value) && value.every((part) => typeof part === 'string') ? { value: value } : { expected: accepts };
  return { kind: 'textList', ...options, accepts, form: {}, parse };
}

/** A value of the inner kind, or null: "not set". */
export function optional<T>(inner: Param<T>, settings: { default: T | null; help: string }): Param<T | null> {
  const accepts = `${inner.accepts}, or null`;
  const parse = (value: unknown): Parsed<T | null> => {
    if (value === null) return { value };
    const parsed = inner.parse(value);
    return 'value' in parsed ? parsed : { expected: accepts };
  };
  return { ...inner, ...settings, kind: inner.kind, accepts, parse };
}

/** [height, width]; one number stands for both. */
export function size2d(options: NumberOptions): Param<readonly [number, number]> {
  const one = integer(options);
  const accepts = `${one.accepts}, or a pair [height, width] of them`;
  const parse = (value: unknown): Parsed<readonly [number, number]> => {
    const pair: unknown[] = Array.isArray(value) ? value : [value, value];
    const [height, width] = pair.map((part) => one.parse(part));
    if (pair.length !== 2 || !height || !width || !('value' in height) || !('value' in width))
      return { expected: accepts };
    return { value: [height.value, width.value] };
  };
  return {
    kind: 'size2d',
    default: [options.default, options.default],
    help: options.help,
    accepts,
    form: numberForm(options),
    parse,
  };
}

/** A list of whole numbers, such as a shape; -1 stands for "what remains" where `infer` allows it. */
export function integerList(options: {
  default: readonly number[];
  min: number;
  minLength?: number;
  maxLength?: number;
  help: string;
}): Param<readonly number[]> {
  const { min, minLength = 0, maxLength = 8 } = options;
  const accepts = `a list of ${minLength} to ${maxLength} whole numbers, each at least ${min}`;
  const parse = (value: unknown): Parsed<readonly number[]> => {
    const good = (part: unknown): boolean =>
      Number.isInteger(part) && (part as number) >= min && (part as number) < 2 ** 31;
    return Array.isArray(value) && value.length >= minLength && value.length <= maxLength && value.every(good)
      ? { value: value as number[] }
      : { expected: accepts };
  };
  return {
    kind: 'integerList',
    default: options.default,
    help: options.help,
    accepts,
    form: { min, minLength, maxLength },
    parse,
  };
}

/** "valid", "same", one number, [vertical, horizontal], or [[top, bottom], [left, right]]. */
export type Padding2d = 'valid' | 'same' | readonly [readonly [number, number], readonly [number, number]];

export function padding2d(settings: { default: Padding2d; help: string; names?: boolean }): Param<Padding2d> {
  const names = settings.names ?? true;
  const accepts = `${names ? '"valid", "same", ' : ''}a whole number, [vertical, horizontal] or [[top, bottom], [left, right]]`;
  const side = (part: unknown): readonly [number, number] | null => {
    const pair: unknown[] = Array.isArray(part) ? part : [part, part];
    const good =
      pair.length === 2 && pair.every((n) => Number.isInteger(n) && (n as number) >= 0 && (n as number) < 65536);
    return good ? (pair as [number, number]) : null;
  };
  const parse = (value: unknown): Parsed<Padding2d> => {
    if (names && (value === 'valid' || value === 'same')) return { value };
    const parts: unknown[] = Array.isArray(value) ? value : [value, value];
    const [vertical, horizontal] = parts.map(side);
    return parts.length === 2 && vertical && horizontal ? { value: [vertical, horizontal] } : { expected: accepts };
  };
  return { kind: 'padding2d', default: settings.default, help: settings.help, accepts, form: { names }, parse };
}

/** The name of an entry in another registry with that entry's own parameters: a loss on an Output, an initialiser. */
export interface Entry {
  type: string;
  [param: string]: Json;
}

export type EntryRegistry = 'losses' | 'metrics' | 'optimizers' | 'schedules';

/** Only the form is checked here; the pass `resolveParams` resolves the entry against its registry. */
export function entry(registry: EntryRegistry, settings: { default: Entry; help: string }): Param<Entry> {
  const accepts = `the name of one of the ${registry}, or {"type": name, ...its parameters}`;
  const parse = (value: unknown): Parsed<Entry> => {
    if (typeof value === 'string') return { value: { type: value } };
    const given = value as Entry | null;
    return typeof given === 'object' && given !== null && typeof given.type === 'string'
      ? { value: given }
      : { expected: accepts };
  };
  return { kind: 'entry', ...settings, accepts, form: { registry }, parse };
}

/** A list of entries of another registry. */
export function entryList(
  registry: EntryRegistry,
  settings: { default: readonly Entry[]; help: string },
): Param<readonly Entry[]> {
  const one = entry(registry, { default: { type: '' }, help: settings.help });
  const accepts = `a list, each ${one.accepts}`;
  const parse = (value: unknown): Parsed<readonly Entry[]> => {
    if (!Array.isArray(value)) return { expected: accepts };
    const parsed = value.map((part) => one.parse(part));
    const good = parsed.flatMap((part) => ('value' in part ? [part.value] : []));
    return good.length === parsed.length ? { value: good } : { expected: accepts };
  };
  return { kind: 'entryList', ...settings, accepts, form: { registry }, parse };
}

export function defaultsOf<Schema extends ParamSchema>(schema: Schema): ParamsOf<Schema> {
  return Object.fromEntries(Object.entries(schema).map(([name, param]) => [name, param.default])) as ParamsOf<Schema>;
}
