/** A program with numbers in it: weights, samples, and what the engine makes of them in evaluation. */
import type { TensorLibrary } from '../../../electron/trainer/engines/tfjs/backend';
import { createPlan, forward } from '../../../electron/trainer/engines/tfjs/executor';
import { createParameters } from '../../../electron/trainer/engines/tfjs/parameters';
import type { Values } from '../../../shared/ir/emit/transform';
import type { Tensor } from '../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { TensorType } from '../../../shared/ir/tensorType';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { randomStream } from '../../../shared/training/random';
import { elementsOf, sizesOf, type Numbers } from '../../contract/harness/exampleCase';
import { read } from '../../contract/harness/runLayer';

/** Of every weight and statistic, also of those that begin as zeros or ones. */
export function valuesOf(program: CheckedProgram): (group: string, name: string) => Values {
  const all = new Map(
    weightPlaces(program).map(({ key, group, name, spec }) => {
      const centre = spec.initialiser.type === 'ones' ? 1 : 0;
      const fanIn = spec.shape.length > 1 ? elementsOf(spec.shape.slice(0, -1)) : 1;
      const unit = randomStream(1, 'export', group, name).uniform(elementsOf(spec.shape));
      const data = unit.map((value) => centre + (value - 0.5) * Math.min(1, 3 / Math.sqrt(fanIn)));
      return [key, { shape: spec.shape, data }];
    }),
  );
  return (group, name) => {
    const values = all.get(`${group}/${name}`);
    if (!values) throw new Error(`no weight ${group}/${name}`);
    return values;
  };
}

/** By path of the Input. Whole numbers lie in 0 .. 3. */
export function samplesOf(program: CheckedProgram, batch: number): Map<string, Numbers> {
  return new Map(
    program.feeds.map(({ path }) => {
      const type = outputType(program, path);
      const shape = sizesOf(type, batch);
      const unit = randomStream(2, 'samples', path, batch).uniform(elementsOf(shape));
      const whole = type.dtype === 'int32';
      const values = [...unit.map((value) => (whole ? Math.floor(value * 4) : value * 4 - 2))];
      return [path, { shape, dtype: type.dtype, values }];
    }),
  );
}

function outputType(program: CheckedProgram, path: string): TensorType {
  const node = program.main.nodes.find(({ id }) => id === path);
  const [type] = Object.values(node?.outputTypes ?? {});
  if (!type) throw new Error(`${path} is no Input`);
  return type;
}

/** By path of the Output. */
export function engineOutputs(
  core: TensorLibrary,
  program: CheckedProgram,
  values: (group: string, name: string) => Values,
  samples: ReadonlyMap<string, Numbers>,
): Map<string, Numbers> {
  const parameters = createParameters(core, program);
  for (const parameter of parameters.list) {
    const { shape, data } = values(parameter.group, parameter.name);
    parameters.replaceWeight(parameter, core.tensor(data, [...shape], 'float32'));
  }
  const found = new Map<string, Numbers>();
  core.tidy(() => {
    const inputs = new Map<string, Tensor>(
      [...samples].map(([path, numbers]) => [path, core.tensor(numbers.values, numbers.shape, numbers.dtype)]),
    );
    const draw = { seed: 1, step: 0, microBatch: 0 };
    const { heads } = forward(core, createPlan(program), parameters, { mode: 'evaluate', inputs, draw });
    heads.forEach((tensor, at) => found.set(program.heads[at]!.path, read(tensor)));
  });
  parameters.dispose();
  return found;
}

/** The numbers with their axes in another order: axis i of the result is axis `axes[i]`. */
export function withAxes({ shape, dtype, values }: Numbers, axes: readonly number[]): Numbers {
  const strides = shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
  const sizes = axes.map((axis) => shape[axis]!);
  const moved = values.map((_, at) => {
    let rest = at;
    return sizes.reduceRight((from, size, axis) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return from + place * strides[axes[axis]!]!;
    }, 0);
  });
  return { shape: sizes, dtype, values: moved.map((from) => values[from]!) };
}
