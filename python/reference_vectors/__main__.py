"""python -m reference_vectors EXAMPLES FOLDER: computes every example of the exported file and writes one file a layer."""

import argparse
import json
from pathlib import Path

import torch

from .case import read_case
from .vectors import vectors_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path, help="what tools/exportExamples.ts wrote")
    parser.add_argument("folder", type=Path, help="where the vectors go")
    options = parser.parse_args()
    by_layer: dict[str, dict[str, object]] = {}
    for entry in json.loads(options.examples.read_text()):
        case = read_case(entry)
        by_layer.setdefault(case.layer, {})[case.example] = vectors_of(case)
    options.folder.mkdir(parents=True, exist_ok=True)
    made_with = f"PyTorch {torch.__version__.split('+')[0]}, float64"
    for layer, examples in by_layer.items():
        document = {"layer": layer, "madeWith": made_with, "examples": examples}
        (options.folder / f"{layer}.json").write_text(json.dumps(document, indent=1) + "\n")
    print(f"{len(by_layer)} layers in {options.folder}, {made_with}")


if __name__ == "__main__":
    main()
