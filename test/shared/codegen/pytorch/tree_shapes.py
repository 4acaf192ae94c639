"""Says of Python sources, given as JSON on standard input, what their syntax trees look like without names and strings.

Each line is a list of sources, or an object with literals and the strings that they should stand for.
"""

import ast
import hashlib
import json
import sys


def shape(node: object) -> object:
    if isinstance(node, ast.AST):
        fields = [(name, shape(value)) for name, value in ast.iter_fields(node)]
        return (type(node).__name__, fields)
    if isinstance(node, list):
        return [shape(each) for each in node]
    return "text" if isinstance(node, str) else repr(node)


def described(source: str) -> str:
    try:
        tree = ast.parse(source.encode("utf-8"))
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return hashlib.sha256(repr(shape(tree)).encode()).hexdigest()


def holds(literal: str, value: str) -> bool:
    """Whether a piece of code is a string of this value."""
    try:
        return ast.literal_eval(literal) == value
    except (SyntaxError, ValueError):
        return False


for line in sys.stdin:
    given = json.loads(line)
    if isinstance(given, dict):
        print(json.dumps([holds(literal, value) for literal, value in given["literals"]]))
    else:
        print(json.dumps([described(source) for source in given]))
