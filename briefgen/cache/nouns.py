"""Frozen dataclasses to JSON and back, by their type hints: exact, and nothing in it is run."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def dumps(value: Any) -> bytes:
    """JSON of dataclasses, enums, tuples, text and numbers; the same value gives the same bytes."""
    # ASCII: a lone surrogate, which a damaged source may hold, passes as its escape.
    return json.dumps(_plain(value), separators=(",", ":"), default=_refuse).encode("ascii")


def loads(hint: Any, data: bytes) -> Any:
    """The value of a type that ``dumps`` wrote down.

    Raises ValueError where the bytes are no such value.
    """
    try:
        return _reader(hint)(json.loads(data))
    except (TypeError, KeyError, AttributeError, IndexError, RecursionError) as problem:
        raise ValueError(f"no {hint}: {problem}") from None


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # The class stands first: hints with several classes tell them apart by it.
        return [
            type(value).__name__,
            *(_plain(getattr(value, name)) for name in _names(type(value))),
        ]
    if isinstance(value, Enum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _refuse(value: Any) -> Any:
    raise TypeError(f"a {type(value).__name__} cannot be kept")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns plain data into a value of a type."""
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return _of_several(inner)
    if get_origin(hint) is tuple:
        if len(inner) != 2 or inner[1] is not Ellipsis:
            raise TypeError(f"cannot read {hint}")
        read = _reader(inner[0])
        return lambda data: tuple(read(one) for one in _list(data))
    if is_dataclass(hint):
        return _of_class(hint)
    if issubclass(hint, Enum):
        return lambda data: hint(data)
    if hint in (str, int, float, bool, NoneType):
        return lambda data: _exactly(hint, data)
    raise TypeError(f"cannot read {hint}")


def _of_class(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = [_reader(hints[name]) for name in _names(kind)]

    def read(data: Any) -> Any:
        name, *values = _list(data)
        if name != kind.__name__:
            raise ValueError(f"{name!r} is no {kind.__name__}")
        return kind(*(read(value) for read, value in zip(readers, values, strict=True)))

    return read


def _of_several(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    kinds: list[Any] = [hint for hint in hints if is_dataclass(hint)]
    classes = {kind.__name__: _reader(kind) for kind in kinds}
    others = [_reader(hint) for hint in hints if not is_dataclass(hint) and hint is not NoneType]
    may_be_none = NoneType in hints
    if len(others) > 1 or (others and classes):
        raise TypeError(f"cannot tell {hints} apart")

    def read(data: Any) -> Any:
        if data is None and may_be_none:
            return None
        return others[0](data) if others else classes[_list(data)[0]](data)

    return read


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else _exactly(list, data)


def _exactly(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise ValueError(f"{data!r:.40} is no {kind.__name__}")
    return data
