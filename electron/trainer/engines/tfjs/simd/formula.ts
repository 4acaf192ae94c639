/** A formula of one value at a time over several arrays of one length, and the loop that works it out in one pass. */
import type { Code, FunctionSource } from './assemble';
import { advance, get, integer, repeat, set, type Lanes } from './instructions';

/** What an operation reads: the value of an array or of an earlier operation, or a constant, each by its number. */
export interface Operand {
  readonly from: 'value' | 'constant';
  readonly at: number;
}

type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'squareRoot';

export interface FormulaStep {
  readonly operation: Operation;
  readonly operands: readonly Operand[];
}

/** Values are numbered: first the arrays that are read, then the steps. */
export interface Formula {
  readonly inputs: number;
  readonly steps: readonly FormulaStep[];
  /** The numbers of the values that are stored, an array each. */
  readonly outputs: readonly number[];
}

/** Equal for formulas that differ in their constants alone, which the loop reads from memory. */
export function formulaLoopName({ inputs, steps, outputs }: Formula, lanes: Lanes): string {
  const written = steps.map(({ operation, operands }) => `${operation} ${operands.map(operandName).join(' ')}`);
  return [`formula in ${lanes.type} of ${inputs}`, ...written, outputs.join(' ')].join('; ');
}

function operandName({ from, at }: Operand): string {
  return `${from}${at}`;
}

/** Parameters: addresses of the inputs, of the outputs and of the constants, and how many lanes to do, at least one. */
export function formulaLoop({ inputs, steps, outputs }: Formula, lanes: Lanes): FunctionSource {
  const [sources, targets] = [numbered('input', inputs), numbered('output', outputs.length)];
  return {
    name: formulaLoopName({ inputs, steps, outputs }, lanes),
    parameters: [...sources, ...targets, 'constants', 'groups'],
    locals: Object.fromEntries(numbered('value', inputs + steps.length).map((name) => [name, lanes.type])),
    body: (local) => {
      const address = (name: string): Code => get(local(name));
      const read = ({ from, at }: Operand): Code =>
        from === 'value' ? get(local(`value${at}`)) : lanes.spread(address('constants'), 4 * at);
      return repeat(local('groups'), [
        sources.map((source, at) => set(local(`value${at}`), lanes.load(address(source), 0))),
        steps.map(({ operation, operands }, at) =>
          set(local(`value${inputs + at}`), lanes[operation](...(operands.map(read) as [Code, Code]))),
        ),
        targets.map((target, at) => lanes.store(address(target), 0, get(local(`value${outputs[at] ?? 0}`)))),
        [...sources, ...targets].map((name) => advance(local(name), integer.constant(lanes.bytes))),
      ]);
    },
  };
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${name}${at}`);
}
