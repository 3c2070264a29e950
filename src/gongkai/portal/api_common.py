"""What several parts of the open interface share: faults and pages of a list."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

MAX_SIZE = 100


class Fault(Schema):
    """Why a request was not answered."""

    detail: str


class Paged(Schema):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = 20
