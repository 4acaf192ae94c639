/** Says in plain words what a schema found wrong, without the schema library's own vocabulary. */
import type { z } from 'zod';

export function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeText(issue.expected)}, ${received(issue)}`;
    case 'unrecognized_keys':
      return `there is no entry ${issue.keys.map((key) => JSON.stringify(key)).join(', ')} here`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${String(issue.minimum)}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${String(issue.maximum)}${unit(issue.origin)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union':
      return 'expected a name, or {"type": name} with parameters';
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

function typeText(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'record') return 'an object';
  const vowel = /^[aeiou]/.test(expected);
  return `${vowel ? 'an' : 'a'} ${expected}`;
}

function received(issue: { input?: unknown; message: string }): string {
  // The schema library leaves the value out of issues, but ends its sentence with the type.
  const type = /received (\w+)$/.exec(issue.message)?.[1] ?? 'something else';
  return type === 'undefined' ? 'but it is missing' : `received ${type}`;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' entries' : '';
}
