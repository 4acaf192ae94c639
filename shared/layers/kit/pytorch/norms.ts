/** Normalisation in PyTorch: its momentum is the share that is taken, and its epsilon is another where none is given. */
import { call, code, list, type Fragment } from '../../../ir/emit/code';
import type { CodeEmission, EmitContext, Helper } from '../../../ir/emit/emission';
import { permute, reorder, twin } from '../../../ir/emit/transform';
import { rounded } from './draws';
import { lastSize } from '../typeChecks';

const batchNormHelper: Helper = {
  name: 'BatchNorm',
  source: `class BatchNorm(nn.modules.batchnorm._BatchNorm):
    """Batch normalisation of inputs with any number of axes."""

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() < 2:
            raise ValueError(f"expected at least 2 axes, got {input.dim()}")`,
  imports: ['from torch import nn', 'from torch import Tensor'],
};

const epsilonOfPytorch = 1e-5;

/** Channels come right after the batch; reordered features carry their statistics along. */
export function pytorchBatchNorm({ params, inputs }: EmitContext<{ momentum: number; epsilon: number }>): CodeEmission {
  const { type, layout } = inputs.input!;
  const steps = reorder(0, layout.order);
  const taken = rounded(1 - params.momentum);
  const module = batchNormOf(type.dims.length);
  return {
    member: call(module ?? code`BatchNorm`, [lastSize(type)], {
      eps: params.epsilon === epsilonOfPytorch ? undefined : params.epsilon,
      momentum: taken === 0.1 ? undefined : taken,
    }),
    helpers: module ? [] : [batchNormHelper],
    weights: [
      twin('weight', 'gamma', steps),
      twin('bias', 'beta', steps),
      twin('running_mean', 'movingMean', steps),
      twin('running_var', 'movingVariance', steps),
    ],
    constants: { num_batches_tracked: { dtype: 'I64', shape: [], value: 0 } },
  };
}

function batchNormOf(rank: number): Fragment | null {
  if (rank <= 3) return code`nn.BatchNorm1d`;
  if (rank === 4) return code`nn.BatchNorm2d`;
  return rank === 5 ? code`nn.BatchNorm3d` : null;
}

export function pytorchLayerNorm({
  params,
  inputs,
}: EmitContext<{ axes: 'channels' | 'sample'; epsilon: number }>): CodeEmission {
  const { type, layout } = inputs.input!;
  const sizes = layout.axes.map((axis) => type.dims[axis]!.size as number).slice(1);
  const axes = layout.axes.slice(1).map((axis) => axis - 1);
  const moved = axes.some((axis, at) => axis !== at);
  const whole = params.axes === 'sample';
  const steps = [...reorder(0, layout.order), ...(whole && moved ? [permute(axes)] : [])];
  return {
    member: call(code`nn.LayerNorm`, [whole && sizes.length > 1 ? list(sizes) : lastSize(type)], {
      eps: params.epsilon === epsilonOfPytorch ? undefined : params.epsilon,
    }),
    weights: [twin('weight', 'gamma', steps), twin('bias', 'beta', steps)],
  };
}
