/** Gradients of operations that move, cut, join, repeat or choose values. */
import type * as tf from '@tensorflow/tfjs-core';
import { noGradient, type GradientRule, type GradientRules } from './gradientRule';

export function shapingGradients(core: typeof tf): GradientRules {
  return { ...movingGradients(core), ...joiningGradients(core), ...repeatingGradients(core) };
}

function movingGradients(core: typeof tf): GradientRules {
  const reshaped: GradientRule = {
    inputs: ['x'],
    gradient: (dy, [x]) => ({ x: () => core.reshape(dy, x!.shape) }),
  };
  return {
    Reshape: reshaped,
    ExpandDims: { inputs: ['input'], gradient: (dy, [input]) => ({ input: () => core.reshape(dy, input!.shape) }) },
    Transpose: {
      gradient: (dy, _kept, { perm }) => ({ x: () => core.transpose(dy, inverse(perm as number[])) }),
    },
    Reverse: { gradient: (dy, _kept, { dims }) => ({ x: () => core.reverse(dy, dims as number[]) }) },
    PadV2: {
      inputs: ['x'],
      gradient: (dy, [x], { paddings }) => ({
        x: () =>
          core.slice(
            dy,
            (paddings as [number, number][]).map(([before]) => before),
            x!.shape,
          ),
      }),
    },
    Slice: {
      inputs: ['x'],
      gradient: (dy, [x], { begin, size }) => {
        const [start, extent] = core.slice_util.parseSliceParams(x!, begin as number[], size as number[]);
        const around = x!.shape.map((dim, axis): [number, number] => {
          const before = start![axis]!;
          return [before, dim - before - extent![axis]!];
        });
        return { x: () => core.pad(dy, around) };
      },
    },
  };
}

function joiningGradients(core: typeof tf): GradientRules {
  return {
    Concat: {
      allInputs: true,
      gradient: (dy, all, { axis }) => {
        const along = core.util.parseAxisParam(axis as number, all[0]!.shape)[0]!;
        const parts = core.split(
          dy,
          all.map((part) => part.shape[along]!),
          along,
        );
        return parts.map((part) => () => part);
      },
    },
    SplitV: {
      gradient: (dy, _kept, { axis }) => ({
        x: () => core.concat(dy as unknown as tf.Tensor[], axis as number),
      }),
    },
    Pack: {
      allInputs: true,
      gradient: (dy, _all, { axis }) => core.unstack(dy, axis as number).map((part) => () => part),
    },
    Unpack: {
      gradient: (dy, _kept, { axis }) => ({ value: () => core.stack(dy as unknown as tf.Tensor[], axis as number) }),
    },
  };
}

function repeatingGradients(core: typeof tf): GradientRules {
  return {
    Tile: {
      inputs: ['x'],
      gradient: (dy, [x], { reps }) => ({ x: () => sumOfCopies(core, dy, x!.shape, reps as number[]) }),
    },
    BroadcastTo: {
      inputs: ['x'],
      gradient: (dy, [x]) => {
        const axes = core.broadcast_util.getReductionAxes(x!.shape, dy.shape);
        return { x: () => core.reshape(core.sum(dy, axes), x!.shape) };
      },
    },
    Cumsum: {
      gradient: (dy, _kept, { axis, exclusive, reverse }) => ({
        x: () => core.cumsum(dy, axis as number, exclusive as boolean, !(reverse as boolean)),
      }),
    },
    Select: {
      inputs: ['condition'],
      gradient: (dy, [condition]) => ({
        condition: noGradient(core, condition!),
        t: () => core.where(condition!, dy, core.zerosLike(dy)),
        e: () => core.where(condition!, core.zerosLike(dy), dy),
      }),
    },
    OneHot: { inputs: ['indices'], gradient: (_dy, [indices]) => ({ indices: noGradient(core, indices!) }) },
  };
}

function inverse(permutation: number[]): number[] {
  const back = new Array<number>(permutation.length);
  permutation.forEach((from, to) => (back[from] = to));
  return back;
}

/** [reps0, dim0, reps1, dim1, ...], summed over the repeats. */
function sumOfCopies(core: typeof tf, dy: tf.Tensor, shape: number[], reps: number[]): tf.Tensor {
  const interleaved = shape.flatMap((dim, axis) => [reps[axis]!, dim]);
  const axes = shape.map((_, axis) => axis * 2);
  return core.reshape(core.sum(core.reshape(dy, interleaved), axes), shape);
}
