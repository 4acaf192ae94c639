/** The PyTorch writer with a training script that a person wrote: what the verification is tried on. */
import type { ExportTarget } from '../../../../shared/codegen/exportTarget';
import { writePytorchModel } from '../../../../shared/codegen/pytorch/writeModel';
import { linesOf } from '../../../../shared/codegen/sourceFile';

const script = (maker: string, rate: number): string => `from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from model import ${maker}


def load_model() -> nn.Module:
    model = ${maker}()
    model.load_state_dict(load_file(Path(__file__).parent / "weights.safetensors"))
    return model


def compute_loss(output: Tensor, target: Tensor) -> Tensor:
    return F.cross_entropy(output, target)


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.Adam(model.parameters(), lr=${rate})
`;

export const handTarget: ExportTarget = {
  target: 'pytorch',
  title: 'PyTorch by hand',
  weights: { format: 'safetensors', file: 'weights.safetensors' },
  trains: true,
  commands: ['python train.py'],
  write: ({ program }) => {
    const model = writePytorchModel(program);
    if ('obstacles' in model) return model;
    const rate = Number(program.training.optimizer.params.learningRate);
    const train = { path: 'train.py', lines: linesOf(script(model.maker, rate).split('\n')) };
    return { folder: { ...model, files: [...model.files, train] } };
  },
};
