"""Normative documents through the open interface, with their validity on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import conditional_page
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from gongkai.core.documents.normative import STANDING_LABELS
from gongkai.portal.api_common import Day, Fault, Paged
from gongkai.portal.models import PortalSettings
from gongkai.portal.normative import shown
from gongkai.publishing.models import NormativeDocument
from gongkai.publishing.normative import selectors as normative

NORMATIVE_FIELDS = (
    *("title", "document_number", "unified_number"),
    *("published_on", "effective_on", "valid_to", "ended_on"),
)
router = Router(tags=["规范性文件"])


class NormativeHead(Schema):
    """A normative document as it stands on a day."""

    id: int
    title: str
    url: str
    item: int = Field(description="公布它的信息的 id，全文见 /items/{id}。")
    document_number: str
    unified_number: str
    published_on: date
    effective_on: date | None
    valid_to: date | None
    ended_on: date | None = Field(description="不再有效的第一天；没有时为空。")
    standing: str = Field(
        description="not_published、not_yet_in_force、in_force、amended、repealed、lapsed、declared_invalid 之一。"
    )
    standing_label: str
    interpretations: list[str]


class NormativeDocuments(Schema):
    """A page of normative documents."""

    total: int
    page: int
    size: int
    on: date
    documents: list[NormativeHead]


class WhichDocuments(Paged):
    """Which normative documents."""

    q: Annotated[str, Field(max_length=60, description="词语或者文号，用空格隔开表示都要有。")] = ""
    on: Annotated[Day | None, Field(description="按这一天的状态；不给的按今天。")] = None
    in_force: Annotated[bool, Field(description="只要这一天有效的。")] = False
    year: Annotated[int | None, Field(ge=1949, le=9998, description="公布年份。")] = None


@router.get(
    "",
    response={200: NormativeDocuments, 422: Fault},
    summary="规范性文件",
)
@decorate_view(conditional_page)
def normative_documents(request: HttpRequest, wanted: Query[WhichDocuments]) -> dict[str, Any]:
    """Published normative documents with their validity on a day, newest first."""
    day = wanted.on or timezone.localdate()
    found = normative.matching(shown(PortalSettings.for_request(request)), wanted.q.replace("\0", ""))
    if wanted.in_force:
        found = found.in_force_on(day)
    if wanted.year is not None:
        found = found.filter(published_on__year=wanted.year)
    start = (wanted.page - 1) * wanted.size
    return {
        "total": found.count(),
        "page": wanted.page,
        "size": wanted.size,
        "on": day,
        "documents": [_document(one, day) for one in found.whole()[start : start + wanted.size]],
    }


def _document(document: NormativeDocument, day: date) -> dict[str, Any]:
    standing = document.standing_on(day)
    return {
        **{name: getattr(document, name) for name in NORMATIVE_FIELDS},
        "id": document.pk,
        "url": document.page.full_url or document.page.url or "",
        "item": document.page_id,
        "standing": standing.value,
        "standing_label": STANDING_LABELS[standing],
        "interpretations": [
            one.page.full_url or one.page.url or "" for one in document.interpretations.all() if one.page.live
        ],
    }
