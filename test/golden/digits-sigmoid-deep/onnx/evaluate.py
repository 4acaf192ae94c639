"""Evaluate Five sigmoid layers: watch the gradient vanish with ONNX Runtime.

Made from digits-sigmoid-deep.netloom,
SHA-256 0000000000000000000000000000000000000000000000000000000000000000.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

FOLDER = Path(__file__).parent
BATCH_SIZE = 256


def load(part: str, field: str) -> np.ndarray:
    """Read one field of a part of the data; samples come first."""
    path = FOLDER / "data" / f"{part}_{field}.npy"
    if not path.exists():
        sys.exit(f"{path} is missing: put the samples there as a NumPy array.")
    return np.load(path)


def log_likelihood_loss(
    logs: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean of minus the logarithm that the true class has."""
    classes = logs.shape[-1]
    truth = target if target.ndim == logs.ndim else np.eye(classes)[target]
    truth = truth * (1 - label_smoothing) + label_smoothing / classes
    return float(-(truth * logs).sum(axis=-1).mean())


def cross_entropy(
    logits: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean cross-entropy of scores and class indices, or distributions."""
    largest = logits.max(axis=-1, keepdims=True)
    shifted = logits - largest
    log_sum = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log_likelihood_loss(shifted - log_sum, target, label_smoothing)


def evaluate(part: str) -> dict[str, Any]:
    """Give the means of loss and metrics over one part of the data."""
    session = onnxruntime.InferenceSession(str(FOLDER / "model.onnx"))
    image = load(part, "image").transpose(0, 3, 1, 2)
    all_label = load(part, "label")
    sums: dict[str, Any] = {}
    for start in range(0, len(image), BATCH_SIZE):
        batch = slice(start, start + BATCH_SIZE)
        feeds = {
            "image": image[batch],
        }
        outputs = session.run(["output"], feeds)
        output = np.asarray(outputs[0])
        label = all_label[batch]
        measures = {
            "loss": cross_entropy(output, label),
            "accuracy": float((output.argmax(axis=-1) == label).mean()),
        }
        for name, value in measures.items():
            sums[name] = sums.get(name, 0) + value * len(output)
    return {name: total / len(image) for name, total in sums.items()}


def main() -> None:
    """Say loss and metrics of the part that is named, or else of the test part."""
    part = sys.argv[1] if len(sys.argv) > 1 else "test"
    for name, value in evaluate(part).items():
        print(f"{name}: {value:.6g}")


if __name__ == "__main__":
    main()
