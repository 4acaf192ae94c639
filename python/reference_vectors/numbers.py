"""How numbers are written: few digits for what is chosen, all digits for what is computed."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor


def chosen(generator: torch.Generator, *shape: int, scale: float = 1.0) -> Tensor:
    """Normal numbers of three decimals, so that the committed file is short and says exactly what was used."""
    values = torch.randn(*shape, generator=generator, dtype=torch.float64) * scale
    return (values * 1000).round() / 1000


def written(values: Tensor) -> dict[str, Any]:
    """Shape and values, row-major."""
    flat: list[float] = values.detach().reshape(-1).tolist()
    return {"shape": list(values.shape), "values": flat}


def write_cases(file: Path, cases: list[dict[str, Any]]) -> None:
    """One case a line."""
    made_with = f"PyTorch {torch.__version__.split('+')[0]}, float64"
    lines = ",\n".join(json.dumps(case) for case in cases)
    file.write_text(f'{{"madeWith": "{made_with}", "cases": [\n{lines}\n]}}\n')
