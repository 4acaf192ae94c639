/** Between a parameter's value and the text in its field. What cannot be read is kept as typed: the compiler says why. */
import type { Param } from '../../shared/ir/params';
import type { Json } from '../../shared/messages/define';

type AnyParam = Pick<Param<unknown>, 'kind' | 'default' | 'parse'>;

export function takesNull(param: AnyParam): boolean {
  return 'value' in param.parse(null);
}

/** The shortest text that reads back as the value: 3 for [3, 3], 28×28 for a shape, nothing for null. */
export function fieldText(param: AnyParam, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (param.kind === 'size2d' && value.length === 2 && value[0] === value[1]) return JSON.stringify(value[0]);
  if (param.kind === 'padding2d') return paddingText(value);
  if (param.kind === 'textList') return listOfTexts(value);
  if (!value.every((one) => typeof one === 'number')) return JSON.stringify(value);
  return value.map(String).join(param.kind === 'integerList' || param.kind === 'size2d' ? '×' : ', ');
}

function paddingText(value: readonly unknown[]): string {
  const sides: unknown[] = value.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [one, one]));
  if (sides.length !== 4 || !sides.every((side) => typeof side === 'number')) return JSON.stringify(value);
  const [top, bottom, left, right] = sides;
  if (top !== bottom || left !== right) return sides.join(', ');
  return top === left ? String(top) : `${String(top)}, ${String(left)}`;
}

/** As JSON where a name could be taken for two. */
function listOfTexts(value: readonly unknown[]): string {
  const plain = value.every(
    (one) => typeof one === 'string' && one.trim() === one && !/[,[\]]/u.test(one) && one !== '',
  );
  return plain ? value.join(', ') : JSON.stringify(value);
}

/**
 * Undefined: the default, because the field was emptied. Numbers, lists and expressions ("=2 * 16") are read;
 * anything else stays text, so that what is wrong with it is said by the compiler, once.
 */
export function readField(param: AnyParam, text: string): Json | undefined {
  const trimmed = text.trim();
  if (param.kind === 'text' || param.kind === 'path') return readText(param, text);
  if (trimmed === '') return emptied(param);
  if (trimmed.startsWith('=')) return trimmed;
  switch (param.kind) {
    case 'number':
    case 'integer':
      return numberOf(trimmed) ?? trimmed;
    case 'size2d':
    case 'integerList':
      return listOf(trimmed) ?? readNumbers(param, trimmed) ?? trimmed;
    case 'padding2d':
      return readPadding(trimmed) ?? trimmed;
    case 'textList':
      return readTexts(trimmed);
    default:
      return trimmed;
  }
}

function readText(param: AnyParam, text: string): Json | undefined {
  if (text === '') return param.default === '' ? undefined : takesNull(param) ? emptied(param) : '';
  return text;
}

/** A field that may be not set is then not set; a list is empty; else the default stands. */
function emptied(param: AnyParam): Json | undefined {
  if (param.kind === 'integerList' || param.kind === 'textList') return [];
  return takesNull(param) && param.default !== null ? null : undefined;
}

/** "0.5", "1e-3", "−2", and "0,5" of those who write decimals so; null where it is no number. */
function numberOf(text: string): number | null {
  const plain = text.replace(/^[−–]/u, '-').replace(/^(-?\d+),(\d+)$/u, '$1.$2');
  const value = Number(plain);
  return /^[-+]?(\d|\.\d)/u.test(plain) && Number.isFinite(value) ? value : null;
}

/** "3", "3×3", "3x3", "3, 3", "3 3" and "[3, 3]". */
function readNumbers(param: AnyParam, text: string): Json | null {
  const inner = text.replace(/^\[/u, '').replace(/\]$/u, '');
  const parts = inner.split(/\s*[×xX*,;]\s*|\s+/u);
  const numbers = parts.map((one) => (/^[-−]?\d+(\.\d+)?$/u.test(one) ? Number(one.replace('−', '-')) : null));
  if (numbers.some((one) => one === null)) return null;
  const values = numbers as number[];
  return param.kind === 'size2d' && values.length === 1 ? (values[0] ?? null) : values;
}

/** "valid", "same", "1", "1, 2" (vertical, horizontal) and "0, 1, 2, 3" (top, bottom, left, right), or JSON. */
function readPadding(text: string): Json | null {
  const json = listOf(text);
  if (json) return json;
  const parts = text.split(/\s*[×xX,;]\s*|\s+/u).map((one) => (/^\d+$/u.test(one) ? Number(one) : NaN));
  if (parts.some(Number.isNaN)) return null;
  const [top = 0, bottom = 0, left = 0, right = 0] = parts;
  if (parts.length === 1) return top;
  if (parts.length === 2) return [top, bottom];
  const sides: Json = [
    [top, bottom],
    [left, right],
  ];
  return parts.length === 4 ? sides : null;
}

function readTexts(text: string): Json {
  const json = listOf(text);
  if (json) return json;
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** A list written as JSON. */
function listOf(text: string): Json[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const json = JSON.parse(text) as Json;
    return Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}

/** Whether two values mean the same to the parameter: 3 and [3, 3], "relu" and {"type": "relu"}. */
export function sameValue(param: AnyParam, one: unknown, other: unknown): boolean {
  const meaning = (value: unknown): string => {
    const parsed = param.parse(value);
    return 'value' in parsed ? `value ${JSON.stringify(parsed.value)}` : `text ${JSON.stringify(value)}`;
  };
  return meaning(one) === meaning(other);
}
