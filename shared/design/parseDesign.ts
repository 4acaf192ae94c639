/** From the text of a `.netloom` file to a design, or problems that say where in the file and what to do. */
import { problem, show, type Problem } from '../messages';
import { issueText } from './issueText';
import { findJsonFault, findJsonPath, lineAndColumn, type JsonPath } from './jsonText';
import { migrate } from './migrate';
import { designSchema, newestVersion, type Design } from './schema';

export type ParsedDesign = { design: Design } | { problems: Problem[] };

/** Characters; a design of 100,000 nodes has about 15 million. */
const longestText = 64 * 2 ** 20;
const mostProblems = 20;

/** `file` is how messages call the file. */
export function parseDesign(text: string, file: string): ParsedDesign {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const fail = (one: Problem): ParsedDesign => ({ problems: [one] });
  const invalid = (path: JsonPath, detail: string): Problem => {
    const { line, column } = lineAndColumn(source, findJsonPath(source, path));
    const place = [`line ${line}, column ${column}`, ...placeInWords(path, raw)].join(', ');
    return problem('designInvalid', { file, place, detail });
  };
  if (source.length > longestText)
    return fail(problem('designInvalid', { file, place: 'the whole file', detail: 'expected at most 64 MiB of text' }));
  const raw = parseJson(source);
  if (raw === undefined) return fail(notJson(source, file));
  const hidden = findHidden(raw);
  if (hidden) return fail(invalid(hidden, 'the name "__proto__" is not allowed'));
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || !('netloom' in raw))
    return fail(invalid([], `expected a design: an object that starts with {"netloom": ${newestVersion}}`));
  const migrated = migrate(raw);
  if (!migrated) {
    const version = show(raw.netloom);
    return fail(problem('designVersionUnknown', { file, version, newest: newestVersion }));
  }
  const parsed = designSchema.safeParse(migrated);
  if (parsed.success) return { design: parsed.data };
  return { problems: parsed.error.issues.slice(0, mostProblems).map((one) => invalid(one.path, issueText(one))) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(text: string, file: string): Problem {
  if (text.trim() === '') return problem('designNotJson', { file, detail: 'it is empty' });
  const fault = findJsonFault(text) ?? { offset: 0, detail: 'it cannot be read' };
  const { line, column } = lineAndColumn(text, fault.offset);
  return problem('designNotJson', { file, detail: `line ${line}, column ${column}: ${fault.detail}` });
}

/** Where a "__proto__" hides, which schemas would drop without a word; with a list of its own, so that depth costs nothing. */
function findHidden(root: unknown): JsonPath | null {
  const open: { value: unknown; path: JsonPath }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [key, value] of Object.entries(next.value)) {
      if (key === '__proto__') return [...next.path, key];
      if (typeof value === 'object' && value !== null && next.path.length < 200)
        open.push({ value, path: [...next.path, key] });
    }
  }
  return null;
}

const singular: Readonly<Record<string, string>> = {
  nodes: 'node',
  wires: 'wire',
  blocks: 'block',
  canvasNotes: 'canvas note',
};

/** ["blocks", "stage", "nodes", 2, "params", "x"] -> block "stage", node "conv1", params.x */
function placeInWords(path: JsonPath, root: unknown): string[] {
  const words: string[] = [];
  let value: unknown = root;
  let at = 0;
  for (; at + 1 < path.length; at += 2) {
    const name = singular[String(path[at])];
    if (name === undefined) break;
    const key = path[at + 1] as PropertyKey;
    value = member(member(value, path[at] as PropertyKey), key);
    words.push(`${name} ${label(value, key)}`);
  }
  const rest = path.slice(at).map(String).join('.');
  return rest === '' ? words : [...words, rest];
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

function label(value: unknown, key: PropertyKey): string {
  const { id, from, to } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof id === 'string') return show(id);
  if (typeof from === 'string' && typeof to === 'string') return show(`${from} → ${to}`);
  return typeof key === 'number' ? `number ${key + 1}` : show(String(key));
}
