/** Gradients of reading rows by number and of its inverse, adding rows up by number: what an embedding learns through. */
import type * as tf from '@tensorflow/tfjs-core';
import { noGradient, type GradientRules } from './gradientRule';

export function gatherGradients(core: typeof tf): GradientRules {
  return {
    GatherV2: {
      inputs: ['x', 'indices'],
      gradient: (dy, kept, { axis, batchDims }) => {
        const [x, indices] = kept as [tf.Tensor, tf.Tensor];
        if (batchDims !== undefined && batchDims !== 0) {
          throw new Error('The gradient of gather with batch dimensions is not supported.');
        }
        const along = core.util.parseAxisParam(axis as number, x.shape)[0]!;
        return {
          x: () => scatter(core, dy, x.shape, indices, along),
          indices: noGradient(core, indices),
        };
      },
    },
    UnsortedSegmentSum: {
      inputs: ['segmentIds'],
      gradient: (dy, [segmentIds]) => ({
        x: () => core.gather(dy, segmentIds as tf.Tensor1D),
        segmentIds: noGradient(core, segmentIds!),
      }),
    },
  };
}

function scatter(core: typeof tf, dy: tf.Tensor, shape: number[], indices: tf.Tensor, axis: number): tf.Tensor {
  const before = core.util.sizeFromShape(shape.slice(0, axis));
  const after = core.util.sizeFromShape(shape.slice(axis + 1));
  const numbers = core.reshape<tf.Rank.R1>(indices, [-1]);
  const rowsFirst = before === 1 ? dy : core.transpose(core.reshape(dy, [before, numbers.size, after]), [1, 0, 2]);
  const rows = core.reshape(rowsFirst, [numbers.size, before * after]);
  const sums = core.unsortedSegmentSum(rows, numbers, shape[axis]!);
  const placed = before === 1 ? sums : core.transpose(core.reshape(sums, [shape[axis]!, before, after]), [1, 0, 2]);
  return core.reshape(placed, shape);
}
