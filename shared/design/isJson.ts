/** What counts as plain JSON wherever a value comes from outside: finite, shallow, and free of `__proto__`. */
import type { Json } from '../messages/define';

const deepest = 16;

export function isJson(value: unknown, depth = deepest): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((part) => isJson(part, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.entries(value).every(([key, part]) => key !== '__proto__' && isJson(part, depth - 1));
}
