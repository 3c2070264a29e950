"""Evidence as JSON-ready values and back, so that a stored day can be judged again.

Fields that hold their default are left out; unknown fields of later editions are passed over.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from gongkai.core.inspection.facts import Evidence


def to_json(evidence: Evidence) -> dict[str, Any]:
    """Values that ``json.dumps`` takes."""
    return cast("dict[str, Any]", _out(evidence))


def from_json(given: Mapping[str, Any]) -> Evidence:
    """The evidence again.

    Raises:
        KeyError, TypeError, ValueError: it is none of ours.
    """
    return cast(Evidence, _in(Evidence, given))


def _out(value: Any) -> Any:
    if is_dataclass(value):
        return {
            one.name: _out(getattr(value, one.name)) for one in fields(value)
            if getattr(value, one.name) != _default(one)
        }  # fmt: skip
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _out(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_out(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value


def _default(one: Field[Any]) -> Any:
    if one.default_factory is not MISSING:
        return one.default_factory()
    return one.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _in(kind: Any, given: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return (
            None
            if given is None
            else _in(next(one for one in get_args(kind) if one is not type(None)), given)
        )
    if origin is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_in(inner[0], one) for one in given)
        return tuple(_in(one, value) for one, value in zip(inner, given, strict=True))
    if origin is not None:
        return {key: _in(get_args(kind)[1], one) for key, one in given.items()}
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(
            **{name: _in(hints[name], one) for name, one in given.items() if name in hints}
        )
    if kind in {date, datetime}:
        return kind.fromisoformat(given)
    return kind(given) if isinstance(kind, type) and issubclass(kind, StrEnum) else given
