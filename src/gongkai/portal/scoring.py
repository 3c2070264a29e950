"""What the portal, which sees every room, measures for scorecards."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.models import Department, Organ
from gongkai.core.publication import Freshness
from gongkai.core.scorecards import Measure
from gongkai.inforequests.models import InfoRequest
from gongkai.portal.models import PortalSettings
from gongkai.publishing.clocks import clock_of, column_states, published_late
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.supervision.measures import register_measure

MAX_FAULTS = 50


def _items(organ: Organ, department: Department | None, first_on: date, last_on: date) -> list[ItemPage]:
    found = ItemPage.objects.filter(organ=organ, published_at__date__range=(first_on, last_on)).exclude(
        index_number=None
    )
    found = found if department is None else found.filter(department=department)
    return list(found.select_related("catalogue_entry").order_by("pk"))


def _measure(total: int, faults: list[str]) -> Measure:
    return Measure(total - len(faults), total, tuple(faults[:MAX_FAULTS]))


def published_in_time(organ: Organ, department: Department | None, first_on: date, last_on: date) -> Measure:
    """Items of the period whose day of forming is known: within 20 working days (Art. 26)."""
    timed = [one for one in _items(organ, department, first_on, last_on) if clock_of(one) is not None]
    return _measure(len(timed), [f"超过公开时限：{one.title}" for one in timed if published_late(one)])


def reviewed_before(organ: Organ, department: Department | None, first_on: date, last_on: date) -> Measure:
    """Items of the period with a release grant, which rests on a passed review and its secrecy review (Art. 17)."""
    items = _items(organ, department, first_on, last_on)
    granted = set(
        ItemPage.objects.filter(pk__in=[one.pk for one in items], release_grants__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return _measure(len(items), [f"没有发布许可：{one.title}" for one in items if one.pk not in granted])


def fresh_columns(organ: Organ, department: Department | None, first_on: date, last_on: date) -> Measure:
    """Columns as they are on the last day; the past of a column is not kept, so earlier days are not measured."""
    chosen = PortalSettings.objects.filter(organ=organ).select_related("site").first()
    if chosen is None:
        return Measure(unknown="这个机关没有自己的网站")
    if last_on < timezone.localdate():
        return Measure(unknown="栏目更新只能按今天计算，请在期末当天编制")
    states = [
        one for one in column_states(last_on) if one.freshness not in {Freshness.ARCHIVED, Freshness.NO_CLOCK}
    ]
    if department is not None:
        states = [one for one in states if one.column.owner_department_id == department.pk]
    stale = [one.column for one in states if one.freshness in {Freshness.STALE, Freshness.BLANK}]
    return _measure(len(states), [_told(column) for column in stale])


def _told(column: ColumnPage) -> str:
    return f"空白或者超过更新时限：{column.title}"


def replied_in_time(organ: Organ, department: Department | None, first_on: date, last_on: date) -> Measure:
    """Requests whose reply fell due within the period (Art. 33): closed by their day."""
    rows = InfoRequest.objects.counted().filter(organ=organ, due_on__range=(first_on, last_on))
    rows = rows if department is None else rows.filter(department=department)
    late = rows.filter(Q(closed_on__gt=F("due_on")) | Q(closed_on=None, due_on__lt=timezone.localdate()))
    open_ones = rows.filter(closed_on=None, due_on__gte=timezone.localdate()).count()
    return _measure(rows.count() - open_ones, [f"超过答复期限：{one.number}" for one in late.order_by("pk")])


def register_measures() -> None:
    """Let scorecards ask."""
    register_measure("timeliness", published_in_time)
    register_measure("secrecy", reviewed_before)
    register_measure("freshness", fresh_columns)
    register_measure("replies", replied_in_time)
