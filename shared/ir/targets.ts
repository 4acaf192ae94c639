/** How a target field can stand against an output: class indices, or a value for every element. Losses and metrics ask. */
import { sampleSizes, sameSizes, type TensorType } from './tensorType';
import type { FieldInfo } from './trainingDefinitions';

/** Whole numbers, one for every position of the output without its last axis (the classes). */
export function holdsClasses(output: TensorType, target: FieldInfo): boolean {
  return target.dtype === 'int32' && sameSizes(sampleSizes(output).slice(0, -1), target.shape);
}

/** One value for every element of the output; a last axis of size 1 may be missing. */
export function holdsValues(output: TensorType, target: FieldInfo): boolean {
  const sizes = sampleSizes(output);
  if (sameSizes(sizes, target.shape)) return true;
  return sizes[sizes.length - 1] === 1 && sameSizes(sizes.slice(0, -1), target.shape);
}

/** How many classes a field of class indices has; null where it is not known. */
export function classCount(target: FieldInfo): number | null {
  if (target.classes) return target.classes.length;
  return target.dtype === 'int32' && target.range ? target.range[1] + 1 : null;
}

/** The size of the output's last axis: scores of classes. 0 where there is none or it is symbolic. */
export function scoreCount(output: TensorType): number {
  const last = output.dims.length > 1 ? output.dims[output.dims.length - 1]!.size : 0;
  return typeof last === 'number' ? last : 0;
}

/** "[8, 8]", or "one number" for an empty shape. */
export function describeShape(shape: readonly (number | string)[]): string {
  return shape.length === 0 ? 'one number' : `[${shape.join(', ')}]`;
}
