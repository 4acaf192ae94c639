/** Part of `resolveParams`: evaluates what a call hands to a block, how often it runs, and what a layer's params come to. */
import type { Ir, IrCall, IrFunction, IrLayer } from '../ir/ir';
import type { LayerDefinition } from '../ir/layerDefinition';
import type { Library } from '../ir/library';
import { problem, show, type Problem } from '../messages';
import { evaluateExpression, isExpression, namesIn, type Scope } from './expression';
import type { Memo, RememberedParams } from './memo';
import { parseParams, unknownParam } from './parseParams';
import type { ParsedParams } from './parsedParams';

export interface BindContext {
  ir: Ir;
  library: Library;
  memo: Memo;
}

const mostTimes = 10_000;

/** Replaces every expression in a value, however deep, by what it comes to. */
function evaluate(value: unknown, scope: Scope, fail: (expression: string, detail: string) => void): unknown {
  if (isExpression(value)) {
    const result = evaluateExpression(value, scope);
    if ('value' in result) return result.value;
    fail(value, result.error);
    return null;
  }
  if (Array.isArray(value)) return value.map((part) => evaluate(part, scope, fail));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, evaluate(part, scope, fail)]));
}

function evaluateAll(
  params: Readonly<Record<string, unknown>>,
  scope: Scope,
): { values: Record<string, unknown>; problems: Problem[] } {
  const problems: Problem[] = [];
  const evaluated = Object.entries(params).map(([param, value]) => {
    const fail = (expression: string, detail: string): void => {
      problems.push(problem('invalidExpression', { param, expression: show(expression), detail }, { param }));
    };
    return [param, evaluate(value, scope, fail)] as const;
  });
  return { values: Object.fromEntries(evaluated), problems };
}

const noNames: readonly string[] = [];
const noResults: ParsedParams['results'] = [];

function remembered(params: object, memo: Memo): RememberedParams {
  const known = memo.params.get(params);
  if (known) return known;
  const names = new Set<string>();
  collectNames(params, names);
  const list = names.size === 0 ? noNames : [...names];
  const fresh: RememberedParams = { names: list, key: null, parsed: null, others: null };
  memo.params.set(params, fresh);
  return fresh;
}

/** The names that the expressions in a value of the file use. */
function collectNames(value: unknown, names: Set<string>): void {
  if (isExpression(value)) {
    names.add('');
    namesIn(value).forEach((name) => names.add(name));
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) collectNames((value as Record<string, unknown>)[key], names);
  }
}

/** Whether a pass of the function may differ from the next by its index alone. */
export function usesIndex(one: IrFunction, memo: Memo): boolean {
  const uses = (node: IrFunction['nodes'][number]): boolean =>
    remembered(node.params, memo).names.includes('index') ||
    (node.kind === 'call' && isExpression(node.times) && namesIn(node.times).includes('index'));
  return remembered(one.params, memo).names.includes('index') || one.nodes.some(uses);
}

/** How many passes a call makes: a whole number, or what is wrong with it. */
export function evaluateTimes(node: IrCall, scope: Scope): number | Problem {
  if (node.times === null) return 1;
  const { values, problems } = evaluateAll({ times: node.times }, scope);
  const [wrong] = problems;
  if (wrong) return wrong;
  const times = values['times'];
  if (Number.isInteger(times) && (times as number) >= 1 && (times as number) <= mostTimes) return times as number;
  const args = { param: 'times', expected: `a whole number from 1 to ${mostTimes}`, received: show(times) };
  return problem('invalidParam', args, { param: 'times' });
}

/** The scope inside a block for one pass: its parameters with defaults and arguments, and its index where it uses it. */
export function bindArguments(
  node: IrCall,
  callee: IrFunction,
  scope: Scope,
  pass: { repeated: boolean; index: number; indexed: boolean },
): { scope: Scope } | { problems: Problem[] } {
  const outside = pass.repeated ? { ...scope, index: pass.index } : scope;
  const { values, problems } = evaluateAll(node.params, outside);
  const known = Object.keys(callee.params);
  for (const param of Object.keys(node.params)) {
    if (!known.includes(param)) problems.push(unknownParam(param, known));
  }
  const inside: Record<string, unknown> = pass.indexed ? { index: pass.index } : {};
  for (const [param, fallback] of Object.entries(callee.params)) {
    if (Object.prototype.hasOwnProperty.call(values, param)) inside[param] = values[param];
    else {
      const { values: own, problems: wrong } = evaluateAll({ [param]: fallback }, inside);
      inside[param] = own[param];
      problems.push(...wrong);
    }
  }
  return problems.length > 0 ? { problems } : { scope: inside };
}

/** A layer's parameters, parsed once for each set of values that its expressions may meet. */
export function layerParams(
  node: IrLayer,
  definition: LayerDefinition,
  scope: Scope,
  { library, memo }: BindContext,
): ParsedParams {
  const before = remembered(node.params, memo);
  const { names } = before;
  const met = names.map((name) => (Object.prototype.hasOwnProperty.call(scope, name) ? scope[name] : null));
  const key = names.length === 0 ? definition.type : `${definition.type}${JSON.stringify(met)}`;
  const known = before.key === key ? before.parsed : before.others?.get(key);
  if (known) return known;
  const { values, problems } =
    names.length === 0 ? { values: node.params, problems: [] } : evaluateAll(node.params, scope);
  const parsed = problems.length > 0 ? { values: null, problems } : parseParams(definition.params, values, library);
  const result: ParsedParams = { values: parsed.values, problems: parsed.problems, results: noResults };
  if (before.key === null) Object.assign(before, { key, parsed: result });
  else (before.others ??= new Map<string, ParsedParams>()).set(key, result);
  return result;
}
