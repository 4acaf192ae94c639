/** The parameters of a node in few characters: those that differ from the defaults, in the shortest honest form. */
import type { DesignNode } from '../../shared/design/schema';
import type { Param, ParamSchema } from '../../shared/ir/params';
import type { TensorType } from '../../shared/ir/tensorType';
import { sampleSizes } from '../../shared/ir/tensorType';

export interface FaceWords {
  without: (name: string) => string;
  scalar: string;
}

/** Told by their look alone; all other values carry their name. */
const plainNames = new Set(['kernelSize', 'poolSize', 'filters', 'units', 'rate', 'shape', 'padding', 'loss']);

export function faceText(node: DesignNode, schema: ParamSchema, words: FaceWords): string {
  const parts: { text: string; rank: number }[] = [];
  const names = Object.keys(schema);
  for (const [name, value] of Object.entries(node.params)) {
    const param = schema[name];
    const text = param ? partOf(name, value, param, names[0] === name, words) : null;
    if (text !== null) parts.push({ text, rank: name === 'kernelSize' ? -1 : names.indexOf(name) });
  }
  return parts
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => text)
    .join(' · ');
}

function partOf(name: string, given: unknown, param: Param<unknown>, first: boolean, words: FaceWords): string | null {
  if (typeof given === 'string' && given.startsWith('=')) return `${name} ${given}`;
  const parsed = param.parse(given);
  const value = 'value' in parsed ? parsed.value : given;
  if (JSON.stringify(value) === JSON.stringify(param.default)) return null;
  if (value === false) return words.without(name);
  if (value === true) return name;
  const text = valueText(value);
  if (text === '') return null;
  return first || plainNames.has(name) ? text : `${name} ${text}`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return listText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return 'type' in value && typeof value.type === 'string' ? value.type : '';
}

function listText(list: readonly unknown[]): string {
  const [first, second] = list;
  if (Array.isArray(first) && Array.isArray(second) && list.length === 2) {
    const sides = [...(first as unknown[]), ...(second as unknown[])];
    return sides.every((side) => side === sides[0]) ? String(sides[0]) : sides.join(',');
  }
  const numbers = list.every((part) => typeof part === 'number');
  return list.map((part) => valueText(part)).join(numbers ? '×' : ', ');
}

/** Sizes of one sample: "28×28×1". */
export function shapeText(type: TensorType, words: Pick<FaceWords, 'scalar'>): string {
  const sizes = sampleSizes(type);
  const text = sizes.length === 0 ? words.scalar : sizes.join('×');
  return type.dtype === 'float32' ? text : `${text} ${type.dtype}`;
}

/** 36,928; from a hundred thousand on with the unit, as the place is narrow. */
export function countText(count: number): string {
  if (count < 100_000) return count.toLocaleString('en-US');
  if (count < 1e6) return `${(count / 1e3).toFixed(0)}k`;
  if (count < 1e9) return `${(count / 1e6).toFixed(count < 1e7 ? 2 : 1)}M`;
  return `${(count / 1e9).toFixed(1)}G`;
}
