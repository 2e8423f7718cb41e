"""Wrong calls of what authors of notebooks use, answered in words: what is wrong, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from inspect import Parameter, Signature, isfunction, signature
from numbers import Integral
from typing import Any, ParamSpec, TypeVar

import numpy as np

from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.tables import Table

KINDS: dict[str, tuple[Any, str]] = {  # by annotation
    "str": (str, "a text"),
    "bool": ((bool, np.bool_), "True or False"),
    "int": (Integral, "a whole number"),
    "Mapping": (Mapping, "a dict"),
    "Iterable": (Iterable, "a list"),
    "Collection": (Collection, "a list"),
    "Table": (Table, "a table that is ready"),
}
LISTS = (Iterable, Collection)

Passed = ParamSpec("Passed")
Returned = TypeVar("Returned")
Kind = TypeVar("Kind", bound=type)


def answer_in_words(function: Callable[Passed, Returned]) -> Callable[Passed, Returned]:
    """A function that refuses what it does not take by a TypeError that names what it takes."""
    takes = signature(function)

    @wraps(function)
    def call(*given: Passed.args, **named: Passed.kwargs) -> Returned:
        try:
            bound = takes.bind(*given, **named)
        except TypeError as error:
            near = "".join(did_you_mean(name, takes.parameters) for name in named if name not in takes.parameters)
            raise TypeError(f"{error}{near}; allowed {_written(takes)}") from None
        for name, value in bound.arguments.items():
            if wrong := _other_kind(takes.parameters[name], value):
                raise TypeError(f"{wrong}; allowed {_written(takes)}")
        return function(*given, **named)

    return call


def methods_answer_in_words(kind: Kind) -> Kind:
    """A type whose public methods do so, and which says of a name that it lacks which one may have been meant."""

    def refuse(self: object, name: str) -> Any:
        there = [one for one in dir(type(self)) if not one.startswith("_")]
        raise AttributeError(f"no {name!r} is here{did_you_mean(name, there)}")

    kind.__getattr__ = refuse  # type: ignore[attr-defined]
    for name, method in [*vars(kind).items()]:
        if isfunction(method) and not name.startswith("_"):
            setattr(kind, name, answer_in_words(method))
    return kind


def _other_kind(parameter: Parameter, value: Any) -> str:
    """That a value is of another kind than its parameter, where the annotation of this is one of `KINDS`; else empty."""
    kind, called = KINDS.get(str(parameter.annotation).partition("[")[0], (object, ""))
    values = value if parameter.kind is Parameter.VAR_POSITIONAL else [value]
    letters = str if kind in LISTS else ()  # a text has letters, which are none of a list
    other = next((type(one).__name__ for one in values if not isinstance(one, kind) or isinstance(one, letters)), "")
    if other:
        return f"{parameter.name} is {called}, and no {other}{_unpacked(parameter, value)}"
    texts = value if str(parameter.annotation).endswith("[str]") and isinstance(value, Collection) else ()
    within = next((type(one).__name__ for one in texts if not isinstance(one, str)), "")
    return f"{parameter.name} is a list of texts, and of no {within}" if within else ""


def _unpacked(parameter: Parameter, value: Any) -> str:
    """How a list is given to what takes one text after the other; empty where none was given."""
    several = parameter.kind is Parameter.VAR_POSITIONAL and len(value) == 1
    listed = several and isinstance(value[0], Iterable) and not isinstance(value[0], str)
    return "; put a star before it, which gives its texts one by one" if listed else ""


def _written(takes: Signature) -> str:
    """What a function takes, as one writes it in a call: (place, period, *, language='en')."""
    said = [one.replace(annotation=Parameter.empty) for name, one in takes.parameters.items() if name != "self"]
    return str(Signature(said))
