"""Which devices there are, why CUDA is off where it is, and whether a device multiplies matrices rightly."""

import platform
import subprocess
import time
from typing import Any

import numpy as np
import torch

from .problems import EngineProblem, one_line

SIZE = 256
SECONDS_FOR_DRIVER = 5


def hello(asked: str) -> dict[str, Any]:
    versions = {"torch": str(torch.__version__), "numpy": np.__version__}
    if torch.version.cuda is not None:
        versions["cuda"] = torch.version.cuda
    cudnn: Any = torch.backends.cudnn
    if cudnn.is_available():
        versions["cudnn"] = str(cudnn.version())
    return {
        "python": platform.python_version(),
        "versions": versions,
        "devices": devices(),
        "builtFor": list(torch.cuda.get_arch_list()),
        "cudaBuilt": torch.version.cuda is not None,
        "cudaReason": cuda_reason(),
        "product": checked_product(choose_device(asked)),
    }


def devices() -> list[dict[str, Any]]:
    found = [_card(index) for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        found.append({"kind": "mps", "index": 0, "name": "Apple GPU"})
    return [*found, {"kind": "cpu", "index": 0, "name": platform.processor() or platform.machine()}]


def _card(index: int) -> dict[str, Any]:
    major, minor = torch.cuda.get_device_capability(index)
    card: dict[str, Any] = {
        "kind": "cuda",
        "index": index,
        "name": torch.cuda.get_device_name(index),
        "capability": f"{major}.{minor}",
    }
    driver = _driver()
    if driver is not None:
        card["driver"] = driver
    try:
        card["freeBytes"], card["totalBytes"] = torch.cuda.mem_get_info(index)
    except RuntimeError:
        # A card in exclusive use tells nothing; it is named all the same.
        pass
    return card


def _driver() -> str | None:
    command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS_FOR_DRIVER, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.split()
    return lines[0] if lines else None


def cuda_reason() -> str | None:
    """Why CUDA cannot be used; None where it can."""
    if torch.version.cuda is None:
        return "This PyTorch was built without CUDA."
    if not torch.cuda.is_available():
        begin: Any = torch.cuda.init
        try:
            begin()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the reason.
            return str(error).strip().splitlines()[0]
        return "PyTorch finds no CUDA device."
    return _unfit_card(0)


def _unfit_card(index: int) -> str | None:
    capability = torch.cuda.get_device_capability(index)
    built = torch.cuda.get_arch_list()
    if any(_runs(arch, capability) for arch in built):
        return None
    card = f"{torch.cuda.get_device_name(index)} has compute capability {capability[0]}.{capability[1]}"
    return f"{card}; this PyTorch was built for {', '.join(built) or 'none'}."


def _runs(arch: str, capability: tuple[int, int]) -> bool:
    """Machine code runs on cards of the same generation that are not older; code to be compiled on all that are not."""
    kind, _, digits = arch.partition("_")
    number = "".join(each for each in digits if each.isdigit())
    if not number:
        return False
    built = (int(number[:-1] or "0"), int(number[-1]))
    if kind == "compute":
        return built <= capability
    return built[0] == capability[0] and built[1] <= capability[1]


def choose_device(asked: str, local_rank: int = 0) -> torch.device:
    if asked == "auto":
        if not torch.cuda.is_available() or cuda_reason() is not None:
            return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
        asked = "cuda"
    try:
        device = torch.device(asked)
    except RuntimeError as error:
        raise EngineProblem("no-device", f"{asked!r} is not a device that PyTorch knows.") from error
    if device.type == "cuda":
        reason = cuda_reason()
        index = local_rank if device.index is None else device.index
        if reason is None and index >= torch.cuda.device_count():
            reason = f"There are {torch.cuda.device_count()} CUDA devices, counted from 0; {index} is not one of them."
        if reason is not None:
            raise EngineProblem("no-device", reason)
        return torch.device("cuda", index)
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise EngineProblem("no-device", "This machine has no GPU that PyTorch reaches by Metal.")
    if device.type not in ("cpu", "mps"):
        raise EngineProblem("no-device", f"Training on {asked!r} is not supported.")
    return device


def checked_product(device: torch.device) -> dict[str, Any]:
    """Seconds of the second product, since the first pays for start-up; every element is compared."""
    # Small whole numbers: their products and sums are exact in float32, so the check needs no tolerance.
    at = np.arange(SIZE * SIZE)
    left = (at * 7 % 13).reshape(SIZE, SIZE)
    right = (at * 5 % 11).reshape(SIZE, SIZE)
    found: dict[str, Any] = {"device": str(device), "seconds": None, "exact": False}
    try:
        a, b = (torch.from_numpy(each.astype(np.float32)).to(device) for each in (left, right))
        (a @ b).cpu()
        began = time.perf_counter()
        product = (a @ b).cpu()
        found["seconds"] = time.perf_counter() - began
        found["exact"] = bool(np.array_equal(product.numpy(), (left @ right).astype(np.float32)))
    except Exception as error:  # noqa: BLE001 - a library that cannot multiply may raise anything.
        found["reason"] = one_line(error)
    return found
