/** The values of a design's weights for an export: its first ones, or those of a run's best epoch. */
import { existsSync } from 'node:fs';
import type { Values } from '../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../shared/ir/program';
import { sameSizes } from '../../../shared/ir/tensorType';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { diskFiles } from '../../files/fileSystem';
import { readSafetensors } from '../../files/safetensors';
import { firstValues } from '../designs/firstValues';
import { findRun } from '../runs/findRun';
import { checkpointFile } from '../runs/runFolder';
import { ServiceProblem } from '../serviceProblem';

/** By weight key (`stage2/3/conv1/kernel`), in the program's order. */
export type WeightValues = ReadonlyMap<string, Values>;

export interface ValuesOrigin {
  values: WeightValues;
  /** For the README: where they are from. */
  origin: { kind: 'first'; seed: number } | { kind: 'run'; run: string; checkpoint: 'best' | 'last' };
}

export function freshValues(program: CheckedProgram): ValuesOrigin {
  const { seed } = program.training;
  const values = weightPlaces(program).map((place): [string, Values] => [
    place.key,
    { shape: place.spec.shape, data: firstValues(place, seed) },
  ]);
  return { values: new Map(values), origin: { kind: 'first', seed } };
}

/**
 * Throws `ServiceProblem` run-unknown, checkpoint-missing, or checkpoint-mismatch where a weight of the design is not in
 * the checkpoint as it should be; `FileProblem` where the checkpoint is damaged.
 */
export function runValues(program: CheckedProgram, home: string, run: string): ValuesOrigin {
  const { id, folder } = findRun(home, run);
  const checkpoint = (['best', 'last'] as const).find((kind) => existsSync(checkpointFile(folder, kind)));
  if (!checkpoint) {
    const message = `The run ${id} has no checkpoint: it ended before its first one was written. Train it first.`;
    throw new ServiceProblem('checkpoint-missing', message);
  }
  const stored = readSafetensors(diskFiles, checkpointFile(folder, checkpoint)).tensors;
  const values = weightPlaces(program).map(({ key, spec }): [string, Values] => {
    const tensor = stored.get(`weights/${key}`);
    if (!tensor || tensor.dtype !== 'F32' || !sameSizes(tensor.shape, spec.shape)) {
      const wanted = `${key} [${spec.shape.join(', ')}]`;
      const found = tensor ? `has it as [${tensor.shape.join(', ')}]` : 'lacks it';
      const message =
        `The run ${id} was trained with another drawing: this design has the weight ${wanted}, and the run's checkpoint ` +
        `${found}. Export the design that the run was trained with, or train this one.`;
      throw new ServiceProblem('checkpoint-mismatch', message);
    }
    return [key, { shape: tensor.shape, data: tensor.data as Float32Array }];
  });
  return { values: new Map(values), origin: { kind: 'run', run: id, checkpoint } };
}
