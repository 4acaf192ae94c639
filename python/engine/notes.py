"""What an open session has to tell of its choices: numbers for the app, and a sentence."""

from typing import Any

Note = dict[str, Any]


def measured(option: str, value: str, chosen: bool, before: float, after: float, spent: float) -> Note:
    """A choice by measured seconds a step; `paysAfter` steps have won back what measuring took."""
    pays = spent / (before - after) if chosen and after < before else None
    note: Note = {
        "about": option,
        "value": value,
        "chosen": chosen,
        "before": before,
        "after": after,
        "spent": spent,
        "paysAfter": None if pays is None else round(pays),
    }
    took = f"{milliseconds(after)} a step instead of {milliseconds(before)}"
    if pays is None:
        note["text"] = f"{value} was tried and not taken: {took}."
    else:
        note["text"] = f"{value}: {took}; trying took {spent:.1f} s, which {pays:.0f} steps win back."
    return note


def told(about: str, text: str) -> Note:
    return {"about": about, "text": text}


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms"
