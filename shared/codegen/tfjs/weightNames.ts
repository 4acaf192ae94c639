/** Where each weight of the program goes: TensorFlow.js names it after its layer, `stage/0/conv1/kernel`. */
import { flatten } from '../../ir/flatten';
import { passPath } from '../../ir/passPath';
import type { CheckedProgram } from '../../ir/program';
import type { ExportedWeight } from '../exportedModel';
import type { ModelFunction, ModelParts } from './modelParts';

/** Shared weights are named once, by the layer that owns them. */
export function weightNames(program: CheckedProgram, { main, blocks }: ModelParts): ExportedWeight[] {
  const layers = new Map<string, { name: string; own: ModelFunction; id: string }>();
  const visit = (own: ModelFunction, path: string, prefix: string): void => {
    for (const node of own.instance.nodes) {
      const name = prefix + (own.names.get(node.id)?.identifier ?? '');
      if (node.kind === 'layer') layers.set(path + node.id, { name, own, id: node.id });
      else
        node.iterations.forEach((pass, index) => {
          const inside = node.repeated ? `${name}/${index}/` : `${name}/`;
          visit(blocks.get(pass.key) as ModelFunction, passPath(path + node.id, node.repeated, index), inside);
        });
    }
  };
  visit(main, '', '');
  return flatten(program).flatMap(({ path, group }) => {
    const layer = layers.get(path);
    if (!layer || path !== group) return [];
    const twins = layer.own.emissions.get(layer.id)?.weights ?? [];
    return twins.map((twin) => ({ name: `${layer.name}/${twin.theirs}`, group, twin }));
  });
}
