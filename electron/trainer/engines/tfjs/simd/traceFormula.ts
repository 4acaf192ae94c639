/** Writes down what a definition computes from tensors, by running it once on values that only have a number. */
import type { Ops, Tensor } from '../../../../../shared/ir/layerDefinition';
import type { Formula, FormulaStep, Operand } from './formula';

export interface TracedFormula extends Formula {
  /** The constants of this tracing, in the order of their numbers. */
  readonly constants: readonly number[];
}

/** `compute` may use the operations below and nothing else of tfjs-core. All tensors have one shape. */
export function traceFormula(
  inputs: number,
  compute: (ops: Ops, values: readonly Tensor[]) => readonly Tensor[],
): TracedFormula {
  const steps: FormulaStep[] = [];
  const constants: number[] = [];
  const operand = (given: Tensor | number): Operand =>
    typeof given === 'number' ? { from: 'constant', at: constants.push(given) - 1 } : { from: 'value', at: given.id };
  const operation =
    (name: FormulaStep['operation']) =>
    (...given: (Tensor | number)[]): Tensor =>
      numberedValue(inputs + steps.push({ operation: name, operands: given.map(operand) }) - 1);
  const operations: Record<string, unknown> = {
    add: operation('add'),
    sub: operation('subtract'),
    mul: operation('multiply'),
    div: operation('divide'),
    sqrt: operation('squareRoot'),
    square: (x: Tensor) => operation('multiply')(x, x),
    tidy: (scope: () => unknown) => scope(),
  };
  const ops = new Proxy(operations, {
    get(known, name: string) {
      if (known[name] === undefined) throw new Error(`a formula cannot be traced through the operation ${name}`);
      return known[name];
    },
  });
  const values = Array.from({ length: inputs }, (_, at) => numberedValue(at));
  const outputs = compute(ops as unknown as Ops, values).map(({ id }) => id);
  return { inputs, steps, outputs, constants };
}

function numberedValue(id: number): Tensor {
  return { id } as Tensor;
}
