"""What several parts of the open interface share: faults, pages of a list, how parameters are read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from ninja.errors import HttpError
from ninja.parser import Parser
from pydantic import BeforeValidator, Field

MAX_SIZE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _as_written(given: object) -> object:
    """A day as the description says; a bare number would be taken for seconds since 1970."""
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("not a day")
    return given


Day = Annotated[date, BeforeValidator(_as_written)]


class Fault(Schema):
    """Why a request was not answered."""

    detail: str


class Paged(Schema):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = 20


class OnceEach(Parser):
    """Reads each parameter once: of two values Django would take the last, and the caller might mean the first."""

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        again = sorted(name for name, values in data.lists() if len(values) > 1 and name not in list_fields)
        if again:
            raise HttpError(422, f"参数 {'、'.join(again)} 写了不止一次，请只写一次。")
        return super().parse_querydict(data, list_fields, request)
