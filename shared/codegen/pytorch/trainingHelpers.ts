/** The functions and classes that losses, metrics and optimizers bring along, each once. */
import type { TrainingCode } from '../../ir/emit/trainingEmission';
import type { TrainingParts } from './trainingParts';

export function headCodes({ heads }: TrainingParts): TrainingCode[] {
  return heads.flatMap(({ loss, metrics }) => [loss, ...metrics.map(({ code }) => code)]);
}

export function helperSources(codes: readonly TrainingCode[]): string[] {
  return [...new Map(codes.flatMap(({ helpers = [] }) => helpers.map(({ name, source }) => [name, source]))).values()];
}
