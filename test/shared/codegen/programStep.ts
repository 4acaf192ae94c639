/** What the engine computes beside its outputs: gradients of the outputs times given numbers, and running statistics. */
import type { TensorLibrary } from '../../../electron/trainer/engines/tfjs/backend';
import { createPlan, forward } from '../../../electron/trainer/engines/tfjs/executor';
import { gradientsOf } from '../../../electron/trainer/engines/tfjs/gradientsOf';
import { createParameters, type Parameters } from '../../../electron/trainer/engines/tfjs/parameters';
import type { Values } from '../../../shared/ir/emit/transform';
import { flatten } from '../../../shared/ir/flatten';
import type { Tensor } from '../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { randomStream } from '../../../shared/training/random';
import { elementsOf, type Numbers } from '../../contract/harness/exampleCase';
import { read } from '../../contract/harness/runLayer';

export interface StepNumbers {
  program: CheckedProgram;
  values: (group: string, name: string) => Values;
  samples: ReadonlyMap<string, Numbers>;
}

/** By weight key. */
export interface EngineStep {
  gradients: Map<string, Values>;
  after: Map<string, Values>;
}

/** By what an output is multiplied before its sum is differentiated. */
export function probeOf(path: string, shape: readonly number[]): Float32Array {
  return randomStream(3, 'probe', path)
    .uniform(elementsOf(shape))
    .map((value) => value - 0.5);
}

/** Masks are drawn by other generators, so what has some is looked at in evaluation. */
export function stepMode(program: CheckedProgram): 'train' | 'evaluate' {
  const drops = ({ layer }: ReturnType<typeof flatten>[number]): boolean =>
    Number(layer.params.rate ?? layer.params.dropout ?? 0) > 0;
  return flatten(program).some(drops) ? 'evaluate' : 'train';
}

export function engineStep(core: TensorLibrary, { program, values, samples }: StepNumbers): EngineStep {
  const parameters = createParameters(core, program);
  for (const parameter of parameters.list) {
    const { shape, data } = values(parameter.group, parameter.name);
    parameters.replaceWeight(parameter, core.tensor(data, [...shape], 'float32'));
  }
  const found: EngineStep = { gradients: new Map(), after: new Map() };
  core.tidy(() => {
    const updates = new Map<string, Tensor>();
    const inputs = new Map<string, Tensor>(
      [...samples].map(([path, given]) => [path, core.tensor(given.values, given.shape, given.dtype)]),
    );
    const draw = { seed: 1, step: 0, microBatch: 0 };
    const loss = (): Tensor => {
      const options = { mode: stepMode(program), inputs, draw, updates };
      const { heads } = forward(core, createPlan(program), parameters, options);
      return core.addN(
        heads.map((head, at) => {
          const probe = core.tensor(probeOf(program.heads[at]!.path, head.shape), head.shape);
          return core.sum(core.mul(head, probe));
        }),
      );
    };
    keepGradients(core, parameters, loss, found);
    for (const { key, group, name } of weightPlaces(program)) {
      const updated = updates.get(key);
      const { shape, data } = values(group, name);
      found.after.set(key, { shape, data: updated ? Float32Array.from(read(updated).values) : data });
    }
  });
  parameters.dispose();
  return found;
}

function keepGradients(
  core: TensorLibrary,
  { trainable }: Parameters,
  loss: () => Tensor,
  { gradients }: EngineStep,
): void {
  // Without weights nothing is differentiated, but statistics move all the same.
  if (trainable.length === 0) loss();
  const tensors = trainable.map(({ tensor }) => tensor);
  const found = tensors.length === 0 ? [] : gradientsOf(core, loss, tensors);
  trainable.forEach(({ key, spec }, at) => {
    const gradient = found[at];
    const data = gradient ? Float32Array.from(read(gradient).values) : new Float32Array(elementsOf(spec.shape));
    gradients.set(key, { shape: spec.shape, data });
  });
}
