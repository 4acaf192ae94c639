/** Turns findings into diagnostics: gives each the path of its node, and says what ten thousand passes repeat only once. */
import { passPath } from '../ir/passPath';
import type { Diagnostic } from '../messages';
import type { Finding } from './finding';
import type { InferredFunction } from './inferred';
import type { NodeProblem } from './bound';

const severities = { error: 0, warning: 1 } as const;

/** Errors first; among equals in the order in which the passes found them. */
export function locate(findings: readonly Finding[], main: InferredFunction): Diagnostic[] {
  const { prefixes, inner } = walk(main);
  return [...findings, ...inner]
    .map((finding) => diagnosticOf(finding, prefixes))
    .sort((a, b) => severities[a.severity] - severities[b.severity]);
}

function diagnosticOf(finding: Finding, prefixes: ReadonlyMap<string, string>): Diagnostic {
  const { function: id, node, problem, path } = finding;
  if (node === null) return { ...problem, node: path ?? null, anchor: null };
  // A block that nothing calls has no path of its own; its id says where to look.
  const prefix = prefixes.get(id) ?? `${id}/`;
  return { ...problem, node: path ?? `${prefix}${node}`, anchor: { function: id, node } };
}

/** Visits every distinct instance once: where each function is first met, and what is wrong inside. */
function walk(main: InferredFunction): { prefixes: Map<string, string>; inner: Finding[] } {
  const prefixes = new Map<string, string>();
  const inner: Finding[] = [];
  const reported = new Set<string>();
  const visited = new Set<InferredFunction>();
  const add = (id: string, prefix: string, problems: readonly NodeProblem[]): void => {
    for (const { node, problem } of problems) {
      const key = [id, node, problem.code, problem.param, problem.port].join('\n');
      if (!reported.has(key)) inner.push({ function: id, node, problem, path: prefix + node });
      reported.add(key);
    }
  };
  const visit = (one: InferredFunction, prefix: string): void => {
    if (visited.has(one)) return;
    visited.add(one);
    const { id } = one.bound.function;
    if (!prefixes.has(id)) prefixes.set(id, prefix);
    add(id, prefix, one.bound.problems);
    add(id, prefix, one.problems);
    for (const { bound, iterations } of one.nodes) {
      if (bound.kind !== 'call') continue;
      iterations.forEach((pass, index) => {
        visit(pass, passPath(prefix + bound.node.id, bound.repeated, index));
      });
    }
  };
  visit(main, '');
  return { prefixes, inner };
}
