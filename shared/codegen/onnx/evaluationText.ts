/** The parts of evaluate.py that are the same for every design. */

/** After the docstring. */
export const evaluationStart = `
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
    return np.load(path)`.split('\n');

export const evaluationMain = `def main() -> None:
    """Say loss and metrics of the part that is named, or else of the test part."""
    part = sys.argv[1] if len(sys.argv) > 1 else "test"
    for name, value in evaluate(part).items():
        print(f"{name}: {value:.6g}")


if __name__ == "__main__":
    main()`.split('\n');

/** Names that the script has before those of the drawing. */
export const evaluationWords = [
  ...['sys', 'Path', 'Any', 'np', 'onnxruntime', 'FOLDER', 'BATCH_SIZE', 'load', 'evaluate', 'main', 'part', 'session'],
  ...['start', 'batch', 'feeds', 'outputs', 'measures', 'sums', 'name', 'value', 'total', 'means'],
];
