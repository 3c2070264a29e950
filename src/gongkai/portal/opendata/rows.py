"""The rows of open data, as the public may read them.

Every row comes through the selector that also feeds the public's pages, so what is withdrawn, altered or behind a password
is in no table. Rows are read as they are sent; no table is built whole in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Department, Organ
from gongkai.core.annual_report.form import GROUP_LABELS, LITIGATION_LABEL, TABLE_TITLES
from gongkai.core.documents.normative import STANDING_LABELS
from gongkai.portal.listing import address
from gongkai.portal.models import PortalSettings
from gongkai.portal.normative import shown as documents_shown
from gongkai.portal.shared import Shared, shared
from gongkai.publishing.models import CatalogueEdition, ItemPage, NormativeDocument
from gongkai.reporting.compiling import compiled
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.selectors import published_reports
from gongkai.services.guides.selectors import published_guides
from gongkai.services.messages.models import PublicMessage
from gongkai.services.messages.selectors import shown_messages

Cell = str | int | Decimal | date | datetime | None
Row = tuple[Cell, ...]
CHUNK = 500
GROUPS = {**GROUP_LABELS, "litigation": LITIGATION_LABEL + "："}


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows a table has now, and the moment of its newest row; None where it has no rows."""

    rows: int
    changed_at: datetime | None


class Source:
    """The portal that was asked: its settings, its columns, its address."""

    def __init__(self, request: HttpRequest) -> None:
        self.site = PortalSettings.for_request(request)
        self.shared: Shared = shared(request)
        self.origin = request.build_absolute_uri("/").rstrip("/")

    def url(self, page: Any) -> str:
        """The whole address of a page of the tree."""
        return self.origin + address(page.url_path, self.shared.root)

    def link(self, view: str, *given: object) -> str:
        """The whole address of a page beside the tree."""
        return self.origin + reverse(f"portal:{view}", args=given)

    def open(self, found: QuerySet[Any], path: str = "path") -> QuerySet[Any]:
        """Leave out what lies behind a password or a login."""
        for closed in self.shared.kept.closed:
            found = found.exclude(**{f"{path}__startswith": closed})
        return found


def _extent(found: QuerySet[Any], moment: str) -> Extent:
    told = found.order_by().aggregate(rows=Count("pk"), newest=Max(moment))
    return Extent(told["rows"], told["newest"])


def _start_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day is not None else None


def _items(source: Source) -> QuerySet[ItemPage]:
    return source.open(ItemPage.objects.live())


def items_extent(source: Source) -> Extent:
    return _extent(_items(source), "last_published_at")


def items_mark(source: Source) -> str:
    """What changes whenever a row of the items does, without reading a hundred thousand of them."""
    told = _items(source).order_by().aggregate(Count("pk"), Sum("pk"), Max("last_published_at"))
    organs = Organ.objects.order_by("pk").values_list("name", flat=True)
    departments = Department.objects.order_by("pk").values_list("name", flat=True)
    columns = [(one.path, one.title) for one in source.shared.columns.values()]
    return repr((sorted(told.items()), list(organs), list(departments), columns))


def items(source: Source) -> Iterator[Row]:
    """Published items without their text, the newest first."""
    columns = source.shared.columns
    found = _items(source).select_related("organ", "department").defer("body", "blocks")
    for item in found.order_by("-published_at", "-pk").iterator(CHUNK):
        column = columns.get(item.path[: -ItemPage.steplen])
        yield (
            *(item.pk, item.index_number, item.title, column.title if column is not None else ""),
            *(item.organ.name if item.organ else "", item.department.name if item.department else ""),
            *(item.document_number, item.category_label, item.topic, item.genre, item.source),
            *(item.formed_on, item.published_at, item.summary, item.keywords, source.url(item)),
        )


def _edition(source: Source) -> CatalogueEdition | None:
    return CatalogueEdition.objects.filter(organ=source.site.organ_id, state="in_force").first()


def catalogue_extent(source: Source) -> Extent:
    edition = _edition(source)
    return Extent(edition.entries.count(), _start_of(edition.effective_from)) if edition else Extent(0, None)


def catalogue(source: Source) -> Iterator[Row]:
    """Every line of the catalogue in force."""
    edition = _edition(source)
    if edition is None:
        return
    for line in edition.entries.select_related("department", "column"):
        column = line.column if line.column is not None and line.column.live else None
        yield (
            *(edition.number, edition.effective_from, line.position, line.article, line.category_label),
            *(line.name, line.content, line.basis, line.limit_text, line.subject),
            line.department.name if line.department else "",
            *(line.get_audience_display(), line.channels, source.url(column) if column is not None else ""),
        )


def _documents(source: Source) -> QuerySet[NormativeDocument]:
    return source.open(documents_shown(source.site), "page__path")


def documents_extent(source: Source) -> Extent:
    return _extent(_documents(source), "page__last_published_at")


def documents(source: Source) -> Iterator[Row]:
    """Normative documents with their validity today, the newest first."""
    today = timezone.localdate()
    for one in _documents(source).whole().order_by("-published_on", "-pk").iterator(CHUNK):
        read = [link.page for link in one.interpretations.all() if link.page.live]
        yield (
            *(one.title, one.document_number, one.unified_number, one.organ.name),
            *(one.published_on, one.effective_on, one.valid_to, one.ended_on),
            *(STANDING_LABELS[one.standing_on(today)], today),
            *(source.url(one.page), " ".join(source.url(page) for page in read)),
        )


def _reports() -> QuerySet[AnnualReport]:
    return published_reports()


def figures_extent(source: Source) -> Extent:
    newest = _reports().order_by().aggregate(newest=Max("published_at"))["newest"]
    return Extent(sum(1 for _ in figures(source)), newest)


def figures(source: Source) -> Iterator[Row]:
    """Every figure of the tables of published annual reports, in the order of the form; blank is not zero."""
    for stored in _reports():
        report = compiled(stored).report
        for cell in report.cells():
            row = report.form.row(cell.table, cell.row)
            column = report.form.column(cell.table, cell.row, cell.col)
            yield (
                *(stored.organ.name, stored.organ.code, stored.year, TABLE_TITLES[cell.table]),
                *(GROUPS.get(row.group, "") + row.label, column.label, report[cell], str(cell)),
                *(stored.published_at, source.origin + stored.get_absolute_url()),
            )


def guides_extent(source: Source) -> Extent:
    moments = [one.live.published_at for one in published_guides(source.site.organ_id) if one.live]
    return Extent(len(moments), max((moment for moment in moments if moment), default=None))


def guides(source: Source) -> Iterator[Row]:
    """Service guides as reviewed, one a row."""
    for guide in published_guides(source.site.organ_id):
        live = guide.live
        assert live is not None  # the selector gives no other
        materials = (
            f"{one.name}（{one.copies}份，{one.form}{'；' + one.note if one.note else ''}）"
            for one in live.material_list
        )
        yield (
            *(live.name, guide.organ.name, guide.department.name if guide.department else ""),
            *(live.get_audience_display(), live.basis, live.conditions, "；".join(materials)),
            *(live.place, live.hours, live.telephone, live.process, live.statutory_days),
            *(live.promised_days, live.fee, live.result, live.complaint_telephone),
            *(live.published_at, source.link("guide", guide.pk)),
        )


def messages_extent(source: Source) -> Extent:
    return _extent(shown_messages(source.site.organ_id), "published_at")


def messages(source: Source) -> Iterator[Row]:
    """Answered messages that their senders let be shown, in the words that a person has redacted."""
    found = shown_messages(source.site.organ_id).only(
        *("kind", "shown_title", "shown_text", "answer", "received_on", "answered_at", "published_at"),
        *("organ__name", "department__name"),
    )
    for one in found.iterator(CHUNK):
        yield (
            *(PublicMessage.Kind(one.kind).label, one.shown_title, one.shown_text, one.received_on),
            *(one.unit_name, one.answer, one.answered_at, source.link("message", one.pk)),
        )
