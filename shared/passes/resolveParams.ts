/** Binds the parameters of every function as it is called: arguments, expressions, repeats; then parses each layer's. */
import type { Ir, IrCall, IrFunction, IrLayer } from '../ir/ir';
import type { Library } from '../ir/library';
import { problem, type Problem } from '../messages';
import type { BoundCall, BoundFunction, BoundLayer, BoundNode, NodeProblem } from './bound';
import { bindArguments, evaluateTimes, layerParams, usesIndex, type BindContext } from './bindArguments';
import type { Scope } from './expression';
import { mainFunction } from './lowered';
import type { Memo } from './memo';

/** Layers that a design may come to once its blocks are written out. */
const mostLayers = 100_000;

export function resolveParams(ir: Ir, library: Library, memo: Memo): BoundFunction {
  const main = ir.functions.get(mainFunction);
  if (!main) throw new Error('the program has no main function');
  return bindFunction(main, {}, { ir, library, memo });
}

function bindFunction(one: IrFunction, scope: Scope, context: BindContext): BoundFunction {
  const known = context.memo.bound.get(one) ?? new Map<string, BoundFunction>();
  context.memo.bound.set(one, known);
  const text = JSON.stringify(scope);
  const remembered = known.get(text);
  if (remembered) return remembered;
  const problems: NodeProblem[] = [];
  let layers = 0;
  for (const node of one.nodes) if (node.kind === 'layer') layers += 1;
  const nodes = one.nodes.map((node): BoundNode => {
    if (node.kind === 'layer') return bindLayer(node, scope, context, problems);
    const call = bindCall(node, scope, layers, context, problems);
    for (const iteration of call.iterations) layers += Math.max(1, iteration.layers);
    return layers === Infinity ? { ...call, iterations: [] } : call;
  });
  const bound = { key: `${one.id}${text}`, function: one, nodes, problems, layers };
  known.set(text, bound);
  return bound;
}

function bindLayer(node: IrLayer, scope: Scope, context: BindContext, problems: NodeProblem[]): BoundLayer {
  const definition = context.library.layers.get(node.layer) ?? null;
  const params = definition ? layerParams(node, definition, scope, context) : null;
  for (const one of params?.problems ?? []) problems.push({ node: node.id, problem: one });
  return { kind: 'layer', node, definition, params };
}

function bindCall(
  node: IrCall,
  scope: Scope,
  before: number,
  context: BindContext,
  problems: NodeProblem[],
): BoundCall {
  const repeated = node.times !== null;
  const nothing: BoundCall = { kind: 'call', node, repeated, iterations: [] };
  const fail = (one: Problem): BoundCall => {
    problems.push({ node: node.id, problem: one });
    return nothing;
  };
  const callee = context.ir.functions.get(node.function);
  if (!callee || before === Infinity) return nothing;
  const times = evaluateTimes(node, scope);
  if (typeof times !== 'number') return fail(times);
  const ports = { block: callee.id, inputs: callee.inputs.length, outputs: Object.keys(callee.outputs).length };
  if (times > 1 && (ports.inputs !== ports.outputs || ports.inputs === 0)) return fail(problem('repeatPorts', ports));
  const indexed = usesIndex(callee, context.memo);
  const iterations: BoundFunction[] = [];
  let layers = before;
  for (let index = 0; index < times; index++) {
    const bound = bindArguments(node, callee, scope, { repeated, index, indexed });
    if ('problems' in bound) {
      for (const one of bound.problems) problems.push({ node: node.id, problem: one });
      return nothing;
    }
    const iteration = bindFunction(callee, bound.scope, context);
    iterations.push(iteration);
    layers += Math.max(1, iteration.layers);
    if (layers <= mostLayers) continue;
    // Every call around it says so too: only the outermost is met when the program is walked.
    problems.push({ node: node.id, problem: problem('tooManyLayers', { most: mostLayers }) });
    return { ...nothing, iterations: [{ ...iteration, layers: Infinity }] };
  }
  return { kind: 'call', node, repeated, iterations };
}
