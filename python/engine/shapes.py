"""Takes values out of JSON and sees to it that they are what they should be."""

from collections.abc import Sequence
from typing import Any

from .problems import ProtocolProblem


class Shape:
    """An object of which each entry is asked for by its name and its kind."""

    def __init__(self, given: object, where: str) -> None:
        if not isinstance(given, dict):
            raise ProtocolProblem(f"{where} is not an object")
        self._given: dict[str, Any] = given
        self._where = where

    def has(self, name: str) -> bool:
        return self._given.get(name) is not None

    def text(self, name: str) -> str:
        value = self._given.get(name)
        if not isinstance(value, str):
            raise self._unfit(name, "a text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def whole(self, name: str, least: int = 0) -> int:
        value = self._given.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 1 << 53:
            raise self._unfit(name, f"a whole number from {least}")
        return value

    def whole_or_none(self, name: str, least: int = 0) -> int | None:
        return self.whole(name, least) if self.has(name) else None

    def number(self, name: str) -> float:
        value = self._given.get(name)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise self._unfit(name, "a number")
        return float(value)

    def flag(self, name: str) -> bool:
        value = self._given.get(name)
        if not isinstance(value, bool):
            raise self._unfit(name, "true or false")
        return value

    def choice(self, name: str, choices: Sequence[str | bool]) -> str | bool:
        value = self._given.get(name)
        if not isinstance(value, (str, bool)) or value not in choices:
            raise self._unfit(name, "one of " + ", ".join(str(each).lower() for each in choices))
        return value

    def shape(self, name: str) -> "Shape":
        return Shape(self._given.get(name), f"{name} of {self._where}")

    def entries(self, name: str) -> "dict[str, Shape]":
        value = self._given.get(name)
        if not isinstance(value, dict):
            raise self._unfit(name, "an object")
        return {key: Shape(each, f"{key} of {name} of {self._where}") for key, each in value.items()}

    def shapes(self, name: str) -> "list[Shape]":
        return [Shape(each, f"an entry of {name} of {self._where}") for each in self._list(name)]

    def texts(self, name: str) -> list[str]:
        values = self._list(name)
        if not all(isinstance(each, str) for each in values):
            raise self._unfit(name, "a list of texts")
        return values

    def wholes(self, name: str) -> list[int]:
        values = self._list(name)
        if not all(isinstance(each, int) and not isinstance(each, bool) and each >= 0 for each in values):
            raise self._unfit(name, "a list of whole numbers")
        return values

    def lists_of_texts(self, name: str) -> list[list[str]]:
        values = self._list(name)
        if not all(isinstance(each, list) and all(isinstance(one, str) for one in each) for each in values):
            raise self._unfit(name, "a list of lists of texts")
        return values

    def _list(self, name: str) -> list[Any]:
        value = self._given.get(name)
        if not isinstance(value, list):
            raise self._unfit(name, "a list")
        return value

    def _unfit(self, name: str, wanted: str) -> ProtocolProblem:
        return ProtocolProblem(f"{name} of {self._where} is not {wanted}")
