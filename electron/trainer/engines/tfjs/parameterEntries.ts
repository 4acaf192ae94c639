/** The weights and slots of a runner as entries of a checkpoint. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckpointEntry } from '../checkpoint';
import type { TensorLibrary } from './backend';
import type { Parameters } from './parameters';

export function parameterEntries(core: TensorLibrary, parameters: Parameters): CheckpointEntry[] {
  const make = (values: Float32Array, shape: readonly number[]): Tensor => core.tensor(values, [...shape], 'float32');
  return parameters.list.flatMap((parameter) => {
    const { shape } = parameter.spec;
    const weight: CheckpointEntry = {
      name: `weights/${parameter.key}`,
      shape,
      read: () => parameter.tensor.dataSync<'float32'>(),
      take: (values) => parameters.replaceWeight(parameter, make(values, shape)),
    };
    const slots = Object.keys(parameter.slots).map((slot): CheckpointEntry => ({
      name: `slots/${parameter.key}/${slot}`,
      shape,
      read: () => (parameter.slots[slot] as Tensor).dataSync<'float32'>(),
      take: (values) => parameters.replaceSlot(parameter, slot, make(values, shape)),
    }));
    return [weight, ...slots];
  });
}
