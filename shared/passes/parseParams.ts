/** Part of `resolveParams`: parses what a file gives by a definition's schema, entries of other registries included. */
import type { Library } from '../ir/library';
import type { Entry, EntryRegistry, Param, ParamSchema } from '../ir/params';
import type { Json, Repair } from '../messages/define';
import { problem, show, type Problem } from '../messages';
import { nearNames } from '../messages/nearNames';
import type { ParsedParams } from './parsedParams';

export type ParsedValues = Omit<ParsedParams, 'results'>;

const noProblems: readonly Problem[] = [];

export function parseParams(
  schema: ParamSchema,
  given: Readonly<Record<string, unknown>>,
  library: Library,
): ParsedValues {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const name in given) {
    if (!Object.prototype.hasOwnProperty.call(schema, name)) problems.push(unknownParam(name, Object.keys(schema)));
  }
  for (const name in schema) {
    const param = schema[name] as Param<unknown>;
    const has = Object.prototype.hasOwnProperty.call(given, name);
    const parsed = param.parse(has ? given[name] : param.default);
    if ('value' in parsed) values[name] = resolveEntries(name, param, parsed.value, library, problems);
    else problems.push(invalidParam(name, parsed.expected, given[name], param.default));
  }
  return problems.length > 0 ? { values: null, problems } : { values, problems: noProblems };
}

export function unknownParam(name: string, known: string[]): Problem {
  const near = nearNames(
    name,
    known.map((one) => ({ name: one })),
  );
  const rename = near.map((to): Repair => ({
    title: `Rename it to ${to}`,
    actions: [{ action: 'renameParam', param: name, to }],
  }));
  const remove: Repair = { title: `Remove ${name}`, actions: [{ action: 'removeParam', param: name }] };
  return problem('unknownParam', { param: name, known, near }, { param: name, repairs: [...rename, remove] });
}

function invalidParam(name: string, expected: string, received: unknown, fallback: unknown): Problem {
  const value = fallback as Json;
  const repairs: Repair[] = [
    { title: `Set ${name} to ${show(value)}`, actions: [{ action: 'setParam', param: name, value }] },
  ];
  return problem('invalidParam', { param: name, expected, received: show(received) }, { param: name, repairs });
}

/** Values that name an entry of another registry get that entry's own parameters checked and filled in. */
function resolveEntries(
  name: string,
  param: Param<unknown>,
  value: unknown,
  library: Library,
  problems: Problem[],
): unknown {
  const registry = param.form['registry'] as EntryRegistry | undefined;
  if (registry === undefined || (param.kind !== 'entry' && param.kind !== 'entryList')) return value;
  const list = (param.kind === 'entry' ? [value] : value) as readonly Entry[];
  const resolved = list.map((entry, at) => {
    const whole = (changed: Entry): Json =>
      param.kind === 'entry' ? changed : list.map((one, index) => (index === at ? changed : one));
    const place = param.kind === 'entry' ? name : `${name}[${at}]`;
    const repair = (title: string, changed: Entry): Repair => ({
      title,
      actions: [{ action: 'setParam', param: name, value: whole(changed) }],
    });
    return resolveEntry(entry, registry, library, { place, param: name, repair, problems });
  });
  return param.kind === 'entry' ? resolved[0] : resolved;
}

const kinds: Record<EntryRegistry, string> = {
  losses: 'loss',
  metrics: 'metric',
  optimizers: 'optimizer',
  schedules: 'schedule',
};

export interface EntryPlace {
  /** For messages: "loss", "metrics[1]", "optimizer". */
  place: string;
  /** The parameter or setting that holds it. */
  param: string;
  /** A repair that puts another entry in its place. */
  repair: (title: string, changed: Entry) => Repair;
  problems: Problem[];
}

/** The entry with all its parameters; what is wrong goes to `at.problems`. */
export function resolveEntry(entry: Entry, registry: EntryRegistry, library: Library, at: EntryPlace): Entry {
  const { type, ...given } = entry;
  const { place, param } = at;
  const definition = library[registry].get(type);
  if (!definition) {
    const near = library[registry].near(type);
    const known = library[registry].list.map((one) => one.type);
    const repairs = near.map((other) => at.repair(`Make it ${other}`, { type: other }));
    const args = { param: place, kind: kinds[registry], name: type, near, known };
    at.problems.push(problem('unknownEntry', args, { param, repairs }));
    return entry;
  }
  const parsed = parseParams(definition.params, given, library);
  const repairs = [at.repair(`Use the defaults of ${type}`, { type })];
  for (const one of parsed.problems) at.problems.push(nested(one, place, param, repairs));
  return { type, ...(parsed.values as Record<string, Json> | null) };
}

/** A problem of an entry's parameter, said of the parameter that holds the entry. */
function nested(inner: Problem, place: string, param: string, repairs: Repair[]): Problem {
  if (inner.code === 'invalidParam') {
    const {
      param: name,
      expected,
      received,
    } = inner.arguments as { param: string; expected: string; received: string };
    return problem('invalidParam', { param: `${place}.${name}`, expected, received }, { param, repairs });
  }
  const { param: name, known, near } = inner.arguments as { param: string; known: string[]; near: string[] };
  return problem('unknownParam', { param: `${place}.${name}`, known, near }, { param, repairs });
}
