"""Runs evaluate.py of exported folders, and tells the shape of syntax trees of scripts.

Reads one JSON object from standard input: `folders`, and `scripts` as text. Writes one to standard output: the means
that each folder's script gives, and for each script a hash of its tree without names and strings.
"""

import ast
import hashlib
import json
import runpy
import sys
from pathlib import Path


def evaluate(folder: str) -> dict[str, float]:
    module = runpy.run_path(str(Path(folder) / "evaluate.py"))
    return {name: float(value) for name, value in module["evaluate"]("test").items()}


def shape_of(script: str) -> str:
    kinds = []

    def visit(node: ast.AST) -> None:
        kinds.append(type(node).__name__)
        for child in ast.iter_child_nodes(node):
            visit(child)
        kinds.append(")")

    visit(ast.parse(script))
    return hashlib.sha256(" ".join(kinds).encode()).hexdigest()


def main() -> None:
    request = json.load(sys.stdin)
    answer = {
        "means": [evaluate(folder) for folder in request.get("folders", [])],
        "shapes": [shape_of(script) for script in request.get("scripts", [])],
    }
    json.dump(answer, sys.stdout)


main()
