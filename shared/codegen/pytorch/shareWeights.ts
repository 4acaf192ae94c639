/** The function by which a block uses the weights of another whose inputs have other sizes. */
import type { Helper } from '../../ir/emit/emission';

export const shareWeights: Helper = {
  name: 'share_weights',
  source: `def share_weights(module: nn.Module, owner: nn.Module) -> None:
    """Lets a module use the weights of another one."""
    for name, weight in owner.named_parameters():
        place, _, last = name.rpartition(".")
        setattr(module.get_submodule(place), last, weight)`,
  imports: ['from torch import nn'],
};
