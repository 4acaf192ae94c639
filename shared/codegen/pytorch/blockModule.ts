/** What a constructor makes for a block: one instance of its class, or a row of them for a repeat. */
import { call, code, list, type Call, type Hole } from '../../ir/emit/code';
import { passPath } from '../../ir/passPath';
import type { CallInstance } from '../../ir/program';
import type { HeldModule } from './members';
import type { WrittenClass } from './writtenClass';

/** `classes`: one for each pass. Groups of weights are named below `owner`, the node that has them. */
export function blockModule(node: CallInstance, classes: readonly WrittenClass[], owner: string): HeldModule {
  const parts = classes.map(({ weights, constants }, index) => {
    const inside = node.repeated ? `${index}.` : '';
    const group = passPath(owner, node.repeated, index);
    return {
      weights: weights.map((weight) => ({ ...weight, name: inside + weight.name, group: group + weight.group })),
      constants: constants.map((constant) => ({ ...constant, name: inside + constant.name })),
    };
  });
  return {
    made: node.repeated ? rowOf(classes, isRow(node)) : instanceOf(classes[0] as WrittenClass),
    weights: parts.flatMap(({ weights }) => weights),
    constants: parts.flatMap(({ constants }) => constants),
  };
}

/** Whether the passes of a repeat are called as one: each takes and gives one value. */
export function isRow({ inputTypes, outputTypes }: CallInstance): boolean {
  return Object.keys(inputTypes).length === 1 && Object.keys(outputTypes).length === 1;
}

function instanceOf({ text, values }: WrittenClass): Call {
  return call(text.name, values);
}

function rowOf(classes: readonly WrittenClass[], sequential: boolean): Hole {
  const runs = runsOf(classes.map(instanceOf));
  const [only] = runs;
  if (!sequential && runs.length === 1 && only)
    return call(code`nn.ModuleList`, [code`${only.made} for _ in range(${only.times})`]);
  const items = runs.map(({ made, times }): Hole => (times === 1 ? made : code`*(${made} for _ in range(${times}))`));
  return sequential ? call(code`nn.Sequential`, items) : call(code`nn.ModuleList`, [list(items)]);
}

/** Equal neighbours counted together. */
function runsOf(instances: readonly Call[]): { made: Call; times: number }[] {
  const runs: { made: Call; times: number }[] = [];
  for (const made of instances) {
    const last = runs[runs.length - 1];
    if (last && JSON.stringify(last.made) === JSON.stringify(made)) last.times += 1;
    else runs.push({ made, times: 1 });
  }
  return runs;
}
