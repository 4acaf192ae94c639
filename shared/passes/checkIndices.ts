/** Part of `checkTraining`: every index that the data hold must be a row of the Embedding that looks it up. */
import type { DataInfo } from '../ir/dataSetDefinition';
import { functionInputNode, type ValueRef } from '../ir/ir';
import { passPath } from '../ir/passPath';
import type { Feed, LayerInstance } from '../ir/program';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { problem, type Problem } from '../messages';
import type { Finding } from './finding';
import type { InferredFunction, InferredNode } from './inferred';

/** By value, "node:port": the fields of indices that it may hold. Only values that hold some are in it. */
type Origins = Map<string, readonly FieldInfo[]>;
type Report = (finding: Finding) => void;

/** Follows the fields of whole numbers from the Inputs; no layer makes whole numbers of others. */
export function checkIndices(main: InferredFunction, feeds: readonly Feed[], data: DataInfo | null): Finding[] {
  const origins: Origins = new Map();
  for (const { path, field: name } of feeds) {
    const field = data?.fields.find((one) => one.name === name);
    if (field?.dtype === 'int32' && field.range) origins.set(`${path}:output`, [field]);
  }
  // The passes of a repeat say the same; each node says it once.
  const findings = new Map<string, Finding>();
  const report: Report = (one) => {
    const key = [one.function, one.node, one.problem.message].join('\n');
    if (!findings.has(key)) findings.set(key, one);
  };
  if (origins.size > 0) follow(main, '', origins, report);
  return [...findings.values()];
}

function originsOf(ref: ValueRef | undefined, origins: Origins): readonly FieldInfo[] {
  return (ref && origins.get(`${ref.node}:${ref.port}`)) ?? [];
}

function follow(one: InferredFunction, prefix: string, origins: Origins, report: Report): void {
  for (const node of one.nodes) {
    const { id, inputs } = node.bound.node;
    const fields = Object.values(inputs).flatMap((ref) => originsOf(ref, origins));
    if (fields.length === 0) continue;
    if (node.bound.kind === 'call') followCall(node, prefix, origins, report);
    if (node.instance?.kind !== 'layer') continue;
    for (const wrong of lookUpProblems(node.instance, fields))
      report({ function: one.bound.function.id, node: id, path: prefix + id, problem: wrong });
    for (const [port, { dtype }] of Object.entries(node.instance.outputTypes))
      if (dtype === 'int32') origins.set(`${id}:${port}`, fields);
  }
}

/** Each pass takes the outputs of the one before, in port order. */
function followCall({ bound, iterations }: InferredNode, prefix: string, origins: Origins, report: Report): void {
  const { id, inputs } = bound.node;
  const repeated = bound.kind === 'call' && bound.repeated;
  const [first] = iterations;
  if (!first) return;
  let values = first.bound.function.inputs.map((port) => originsOf(inputs[port], origins));
  iterations.forEach((pass, index) => {
    const inside: Origins = new Map(
      pass.bound.function.inputs.map((port, at) => [`${functionInputNode}:${port}`, values[at] ?? []]),
    );
    follow(pass, passPath(prefix + id, repeated, index), inside, report);
    values = Object.values(pass.bound.function.outputs).map((ref) => originsOf(ref, inside));
  });
  Object.keys(first.bound.function.outputs).forEach((port, at) => origins.set(`${id}:${port}`, values[at] ?? []));
}

function lookUpProblems({ definition, params, weightsOf }: LayerInstance, fields: readonly FieldInfo[]): Problem[] {
  const vocabulary = params['vocabulary'];
  if (definition.type !== 'Embedding' || typeof vocabulary !== 'number') return [];
  return fields.flatMap(({ name: field, range: [lowest, highest] = [0, 0] }) => {
    if (lowest >= 0 && highest < vocabulary) return [];
    const value = highest + 1;
    const set = (node?: string) => ({ action: 'setParam' as const, node, param: 'vocabulary', value });
    // Nodes that share a table have to agree on its size.
    const actions = weightsOf === null ? [set()] : [set(weightsOf), set()];
    const repairs = lowest < 0 ? [] : [{ title: `Set vocabulary to ${value}`, actions }];
    const args = { field, lowest, highest, most: vocabulary - 1 };
    return [problem('indexOutOfRange', args, { param: 'vocabulary', port: 'input', repairs })];
  });
}
