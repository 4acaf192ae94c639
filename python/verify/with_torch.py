"""Exported PyTorch folders."""

from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .folder import open_folder
from .job import Export
from .tensors import Array, Findings, Spread, Tensors


def versions() -> dict[str, str]:
    return {name: version(name) for name in ("torch", "numpy", "safetensors")}


def run(export: Export) -> None:
    ours = Tensors(export.ours)
    findings = Findings()
    with open_folder(export.folder) as folder:
        maker = getattr(folder.module("model"), export.maker)
        train = folder.module("train")
        torch.manual_seed(0)
        model: nn.Module = train.load_model()
        switch_dropout_off(model)
        findings.add_all("loaded/", state_of(model))
        inputs = [as_tensor(ours.get(f"inputs/{at}")) for at in range(len(export.inputs))]
        findings.add_all("outputs/exported/", outputs_of(model, inputs))
        set_state(model, ours.below("weights/0/"))
        findings.add_all("outputs/start/", outputs_of(model, inputs))
        if export.steps > 0:
            add_data(export, train, findings)
            take_steps(export, ours, model, train, findings)
        measure_first_values(export, maker, findings)
    findings.save(export.theirs)


def add_data(export: Export, train: ModuleType, findings: Findings) -> None:
    """The first samples as the folder's own script reads them."""
    data = train.load_data("train", torch.device("cpu"))
    if data is None:
        return
    rows = torch.arange(export.batch_size * export.steps) % len(data[0])
    for at, field in enumerate(data):
        kind, place = ("inputs", at) if at < len(export.inputs) else ("targets", at - len(export.inputs))
        findings.add(f"data/{kind}/{place}", as_array(field[rows]).astype(np.float32))


def take_steps(export: Export, ours: Tensors, model: nn.Module, train: ModuleType, findings: Findings) -> None:
    """Each step begins with our weights, and its optimizer is given our gradients: so no difference is handed on."""
    optimizer: torch.optim.Optimizer = train.make_optimizer(model)
    findings.add("rate", np.float64(optimizer.param_groups[0]["lr"]))
    for step in range(export.steps):
        rows = slice(step * export.batch_size, (step + 1) * export.batch_size)
        set_state(model, ours.below(f"weights/{step}/"))
        inputs = [as_tensor(ours.get(f"inputs/{at}")[rows]) for at in range(len(export.inputs))]
        targets = [as_tensor(ours.get(f"targets/{at}")[rows]) for at in range(len(export.outputs))]
        model.train()
        optimizer.zero_grad(set_to_none=True)
        loss: Tensor = train.compute_loss(*as_list(model(*inputs)), *targets)
        torch.autograd.backward([loss])
        findings.add(f"loss/{step}", np.float64(loss.item()))
        for name, parameter in model.named_parameters():
            if parameter.grad is not None:
                findings.add(f"gradients/{step}/{name}", as_array(parameter.grad))
        give_gradients(model, ours.below(f"gradients/{step}/"))
        if export.clip_norm > 0:
            nn.utils.clip_grad_norm_(model.parameters(), export.clip_norm)
        for group in optimizer.param_groups:
            group["lr"] = export.learning_rate
        optimizer.step()
        findings.add_all(f"after/{step}/", state_of(model))
        add_slots(export, step, model, optimizer, findings)


def give_gradients(model: nn.Module, gradients: dict[str, Array]) -> None:
    for name, parameter in model.named_parameters():
        given = gradients.get(name)
        parameter.grad = None if given is None else torch.from_numpy(given.copy())


def add_slots(
    export: Export, step: int, model: nn.Module, optimizer: torch.optim.Optimizer, findings: Findings
) -> None:
    for name, parameter in model.named_parameters():
        state: dict[str, Any] = optimizer.state.get(parameter, {})
        for theirs, slot in export.slots.items():
            value = state.get(theirs)
            if isinstance(value, Tensor):
                findings.add(f"slots/{step}/{slot}/{name}", as_array(value))


def measure_first_values(export: Export, maker: type[nn.Module], findings: Findings) -> None:
    spread = Spread()
    for seed in range(export.fresh_models):
        torch.manual_seed(seed)
        for name, value in state_of(maker()).items():
            spread.add(name, value)
    spread.save(findings)


def outputs_of(model: nn.Module, inputs: Sequence[Tensor]) -> dict[str, Array]:
    model.eval()
    with torch.no_grad():
        return {str(at): as_array(output) for at, output in enumerate(as_list(model(*inputs)))}


def as_list(outputs: Tensor | Sequence[Tensor]) -> list[Tensor]:
    return [outputs] if isinstance(outputs, Tensor) else list(outputs)


def state_of(model: nn.Module) -> dict[str, Array]:
    return {name: as_array(value) for name, value in model.state_dict().items()}


def set_state(model: nn.Module, weights: dict[str, Array]) -> None:
    """Weights and statistics; what the model has besides, such as counters, stays."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if name in weights:
                value.copy_(torch.from_numpy(weights[name]).reshape(value.shape))


def as_array(tensor: Tensor) -> Array:
    array: Array = tensor.detach().cpu().numpy().copy()
    return array


def as_tensor(values: Array) -> Tensor:
    """Whole numbers as PyTorch takes them for indices and classes."""
    return torch.from_numpy(values.astype(np.int64) if values.dtype == np.int32 else values.copy())


def switch_dropout_off(model: nn.Module) -> None:
    """Masks are drawn by other generators than ours, so both sides compute without them."""
    for module in model.modules():
        if isinstance(module, (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)):
            module.p = 0.0
        if isinstance(module, nn.MultiheadAttention):
            module.dropout = 0.0
    for name, replacement in (("dropout", _kept), ("scaled_dot_product_attention", _attention)):
        setattr(functional, name, replacement)


_attended = functional.scaled_dot_product_attention


def _kept(values: Tensor, *_given: object, **_named: object) -> Tensor:
    return values


def _attention(query: Tensor, key: Tensor, value: Tensor, *given: Any, **named: Any) -> Tensor:
    named.pop("dropout_p", None)
    mask = given[0] if given else named.pop("attn_mask", None)
    return _attended(query, key, value, attn_mask=mask, **named)
