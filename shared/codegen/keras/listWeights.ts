/** Where every weight goes: Keras' name is the layer's, then the variable's, "conv1/kernel". */
import { passPath } from '../../ir/passPath';
import type { ExportedWeight } from '../exportedModel';
import type { PlannedFunction } from './planModule';

/** Each weight once, by the layer that owns it. */
export function listWeights(main: PlannedFunction): ExportedWeight[] {
  return [...below(main, '', '')];
}

/** `path` is how Netloom calls what stands above, `prefix` what names of layers begin with. */
function below({ nodes }: PlannedFunction, path: string, prefix: string): ExportedWeight[] {
  return nodes.flatMap((planned): ExportedWeight[] => {
    const { node, name } = planned;
    if (node.weightsOf !== null) return [];
    const group = path + node.id;
    const called = prefix + name.identifier;
    if (planned.kind === 'layer') {
      const twins = planned.emission.weights ?? [];
      return twins.map((twin) => ({ name: `${called}/${twin.theirs}`, group, twin }));
    }
    const { repeated } = planned.node;
    return planned.passes.flatMap((pass, index) =>
      below(pass, passPath(group, repeated, index), repeated ? `${called}_${index}_` : `${called}_`),
    );
  });
}
