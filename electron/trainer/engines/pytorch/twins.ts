/** Our weights and slots by PyTorch's names, and back: the one place where names and layouts change. */
import type { ExportedModel, ExportedWeight } from '../../../../shared/codegen/exportedModel';
import type { OptimizerCode } from '../../../../shared/ir/emit/trainingEmission';
import { toOurs, type Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import type { WeightGroup } from '../../../../shared/training/events';
import type { StoredTensor, TensorData } from '../../../files/safetensors';
import { asStored, targetTensors } from '../../../services/export/targetTensors';

/** By the names of a checkpoint: `weights/<key>`, `slots/<key>/<slot>`. */
export type OurTensors = Map<string, Values>;

export interface Twins {
  /** The names of a checkpoint with their shapes, in the order of the program: each weight, then its slots. */
  readonly entries: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** PyTorch's names of the slots. */
  readonly slots: readonly string[];
  /** PyTorch's names of the trained parameters of each group; of a tensor with several names one. */
  parametersOf: (groups: readonly WeightGroup[]) => string[][];
  /** Tensors of which a part is not there are left out. */
  toTheirs: (ours: ReadonlyMap<string, Values>) => Map<string, StoredTensor>;
  toOurs: (theirs: ReadonlyMap<string, StoredTensor>) => OurTensors;
  /** Gradients by weight key, in the order of the program, from those by the names of parameters. */
  gradients: (theirs: ReadonlyMap<string, StoredTensor>) => Map<string, Float32Array>;
  /** The group of a parameter or of a statistic. */
  groupOf: (name: string) => string | null;
}

export function createTwins(
  program: CheckedProgram,
  { weights }: Pick<ExportedModel, 'weights'>,
  slotCodes: OptimizerCode['slots'],
): Twins {
  const places = new Map(weightPlaces(program).map((place) => [place.key, place] as const));
  const { definition, params } = program.training.optimizer;
  const slots = definition.slots(params).map((ours) => ({ ours, theirs: slotCodes[ours]?.theirs ?? ours }));
  const learns = ({ group, twin }: ExportedWeight): boolean =>
    twin.ours.some(({ name }) => places.get(`${group}/${name}`)?.spec.trainable === true);
  const trained = weights.filter(learns);
  const shapeOf = (group: string, name: string): readonly number[] => places.get(`${group}/${name}`)?.spec.shape ?? [];
  const found = (
    own: readonly ExportedWeight[],
    theirs: ReadonlyMap<string, StoredTensor>,
    nameOf: (weight: string) => string,
  ): [string, Values][] =>
    own.flatMap(({ name, group, twin }) => {
      const stored = theirs.get(nameOf(name));
      if (!stored) return [];
      const values = { shape: stored.shape, data: asFloats(stored.data) };
      const parts = Object.entries(toOurs(twin, values, (part) => shapeOf(group, part)));
      return parts.map(([part, each]): [string, Values] => [`${group}/${part}`, each]);
    });
  return {
    entries: [...places.values()].flatMap(({ key, spec }) => [
      { name: `weights/${key}`, shape: spec.shape },
      ...(spec.trainable ? slots.map(({ ours }) => ({ name: `slots/${key}/${ours}`, shape: spec.shape })) : []),
    ]),
    slots: slots.map(({ theirs }) => theirs),
    parametersOf: (groups) => {
      const once = new Map(trained.map((weight) => [`${weight.group} ${JSON.stringify(weight.twin)}`, weight]));
      return groups.map(({ path }) => [...once.values()].flatMap(({ group, name }) => (group === path ? [name] : [])));
    },
    toTheirs: (ours) =>
      new Map([
        ...renamed(
          targetTensors(weights, (key) => ours.get(`weights/${key}`)),
          (name) => `weights/${name}`,
        ),
        ...slots.flatMap((slot) =>
          renamed(
            targetTensors(trained, (key) => ours.get(`slots/${key}/${slot.ours}`)),
            (name) => `slots/${name}/${slot.theirs}`,
          ),
        ),
      ]),
    toOurs: (theirs) => {
      const all = new Map(
        found(weights, theirs, (name) => `weights/${name}`).map(([key, each]) => [`weights/${key}`, each]),
      );
      for (const slot of slots)
        for (const [key, each] of found(trained, theirs, (name) => `slots/${name}/${slot.theirs}`))
          all.set(`slots/${key}/${slot.ours}`, each);
      return all;
    },
    gradients: (theirs) => {
      const all = new Map(found(trained, theirs, (name) => name));
      const known = [...places.keys()].flatMap((key): [string, Float32Array][] => {
        const each = all.get(key);
        return each ? [[key, each.data]] : [];
      });
      return new Map(known);
    },
    groupOf: (name) => weights.find((weight) => weight.name === name)?.group ?? null,
  };
}

function renamed(tensors: ReadonlyMap<string, Values>, nameOf: (name: string) => string): [string, StoredTensor][] {
  return [...tensors].map(([name, values]) => [nameOf(name), asStored(values)]);
}

export function asFloats(data: TensorData): Float32Array {
  if (data instanceof Float32Array) return data;
  return data instanceof BigInt64Array ? Float32Array.from(data, Number) : Float32Array.from(data);
}
