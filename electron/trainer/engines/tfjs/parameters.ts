/** The weights and optimizer slots of an open runner, as plain tensors that live until they are replaced or closed. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces, type WeightPlace } from '../../../../shared/ir/weightPlaces';
import { firstValues } from '../../../services/designs/firstValues';
import type { TensorLibrary } from './backend';

export interface Parameter extends WeightPlace {
  tensor: Tensor;
  /** Optimizer state by slot; empty for weights that do not learn. */
  slots: Record<string, Tensor>;
}

export interface Parameters {
  list: readonly Parameter[];
  trainable: readonly Parameter[];
  byKey: ReadonlyMap<string, Parameter>;
  /** The current weights of a group by name. */
  of: (group: string) => Readonly<Record<string, Tensor>>;
  /** Puts a new tensor in place of an old one and frees the old; a tensor that someone else keeps is shared, not taken. */
  replaceWeight: (parameter: Parameter, tensor: Tensor) => void;
  replaceSlot: (parameter: Parameter, slot: string, tensor: Tensor) => void;
  dispose: () => void;
}

/** First values come from streams named by seed, group and weight, so they are equal on every engine. */
export function createParameters(core: TensorLibrary, program: CheckedProgram): Parameters {
  const { optimizer, seed } = program.training;
  const slotNames = optimizer.definition.slots(optimizer.params);
  const list = weightPlaces(program).map((place): Parameter => {
    const { spec } = place;
    const tensor = core.keep(core.tensor(firstValues(place, seed), [...spec.shape], 'float32'));
    const zeros = (): Tensor => core.keep(core.zeros([...spec.shape]));
    const slots = spec.trainable ? Object.fromEntries(slotNames.map((slot) => [slot, zeros()])) : {};
    return { ...place, tensor, slots };
  });
  return ofList(core, list);
}

function ofList(core: TensorLibrary, list: readonly Parameter[]): Parameters {
  const groups = new Map<string, Record<string, Tensor>>();
  const group = (path: string): Record<string, Tensor> => {
    const known = groups.get(path) ?? {};
    groups.set(path, known);
    return known;
  };
  for (const parameter of list) group(parameter.group)[parameter.name] = parameter.tensor;
  const own = (tensor: Tensor): Tensor => core.keep(tensor.kept ? core.clone(tensor) : tensor);
  return {
    list,
    trainable: list.filter(({ spec }) => spec.trainable),
    byKey: new Map(list.map((parameter) => [parameter.key, parameter])),
    of: (path) => groups.get(path) ?? {},
    replaceWeight(parameter, tensor) {
      const before = parameter.tensor;
      parameter.tensor = own(tensor);
      group(parameter.group)[parameter.name] = parameter.tensor;
      before.dispose();
    },
    replaceSlot(parameter, slot, tensor) {
      const before = parameter.slots[slot];
      parameter.slots[slot] = own(tensor);
      before?.dispose();
    },
    dispose() {
      for (const { tensor, slots } of list) core.dispose([tensor, ...Object.values(slots)]);
    },
  };
}
