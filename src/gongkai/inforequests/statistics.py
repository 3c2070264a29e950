"""Applications of a year in numbers for those who lead: how many, how fast, how they ended, what was reversed.

Reads only. What counts is what table 三 counts: applications received, without redo rounds. "Received" measures
(months, channels, extensions) take the applications received in the year, "closed" measures (time to answer,
outcomes, timeliness) those closed in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Organ
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import WorkingCalendar
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.inforequests.models import Dispute, InfoRequest, OfficeProfile
from gongkai.inforequests.models.requests import CHANNEL_CHOICES

GROUPS = {
    "r3_1": "予以公开",
    "r3_2": "部分公开",
    "r3_3": "不予公开",
    "r3_4": "无法提供",
    "r3_5": "不予处理",
    "r3_6": "其他处理",
}
NO_REPLY = frozenset({"X-30", "X-FEE", "X-WITHDRAW"})  # closed, but not by an answer
NO_DEPARTMENT = "未交部门（由受理机构办理）"


@dataclass(frozen=True, slots=True)
class Spread:
    """How long answers took, in working days after the day of receipt up to the day of the reply."""

    count: int
    median: float
    ninth_decile: int


def spread_of(days: Iterable[int]) -> Spread | None:
    """Median, and the nearest-rank 90th percentile: nine of ten took no longer. None without values."""
    ordered = sorted(days)
    if not ordered:
        return None
    return Spread(len(ordered), median(ordered), ordered[ceil(len(ordered) * 0.9) - 1])


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Closed in the year and open past their day, shared out: every application stands in one field."""

    in_time: int
    in_time_extended: int
    late: int
    overdue_open: int

    @property
    def total(self) -> int:
        return self.in_time + self.in_time_extended + self.late + self.overdue_open

    @property
    def overdue(self) -> int:
        return self.late + self.overdue_open


@dataclass(frozen=True, slots=True)
class Reversals:
    """Disputes of one kind decided in the year; cases where the organ is only co-defendant left out."""

    label: str
    upheld: int
    corrected: int
    other: int

    @property
    def total(self) -> int:
        return self.upheld + self.corrected + self.other

    @property
    def rate(self) -> float | None:
        """Share of corrected among decided; None when nothing was decided."""
        return self.corrected / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """One department of one organ."""

    organ: str
    name: str
    received: int
    closed: int
    open: int
    answered: Spread | None
    extended: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month: received in it, of these extended; closed in it, of these late; how long its answers took."""

    number: int
    received: int
    extended: int
    closed: int
    late: int
    answered: Spread | None


@dataclass(frozen=True, slots=True)
class YearOfRequests:
    """Everything the page shows."""

    year: int
    months: tuple[Month, ...]
    channels: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]
    answered: Spread | None
    timeliness: Timeliness
    reversals: tuple[Reversals, ...]
    departments: tuple[DepartmentFigures, ...]

    @property
    def received(self) -> int:
        return sum(month.received for month in self.months)

    @property
    def extended(self) -> int:
        return sum(month.extended for month in self.months)

    @property
    def closed(self) -> int:
        return sum(month.closed for month in self.months)

    @property
    def is_empty(self) -> bool:
        return not (
            self.received or self.closed or self.timeliness.total or any(r.total for r in self.reversals)
        )


def years_of(organs: Sequence[Organ], today: date) -> list[int]:
    """The years with applications or disputes, the newest first; this year always."""
    counted = InfoRequest.objects.counted().filter(organ__in=organs)
    years = {today.year}
    for field in ("received_on", "closed_on"):
        years |= {day.year for day in counted.exclude(**{field: None}).dates(field, "year")}
    years |= {day.year for day in _decided(organs).dates("closed_on", "year")}
    return sorted(years, reverse=True)


def year_of_requests(organs: Sequence[Organ], year: int, today: date) -> YearOfRequests:
    """The figures of a year at some organs, as they stand today."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    counted = InfoRequest.objects.counted().filter(organ__in=organs)
    received = list(_slim(counted.filter(received_on__range=(first, last))))
    closed = list(_slim(counted.filter(closed_on__range=(first, last))))
    overdue = list(_slim(counted.open().filter(due_on__range=(first, last), due_on__lt=today)))
    took = _working_days_taken(closed)
    return YearOfRequests(
        year,
        months=tuple(_month(number, received, closed, took) for number in range(1, 13)),
        channels=_channels(received),
        outcomes=_outcomes(closed),
        answered=spread_of(took.values()),
        timeliness=_timeliness(closed, overdue),
        reversals=tuple(_reversals(organs, year)),
        departments=_departments(received, closed, overdue, _open_at_end(counted, last), took),
    )


def _slim(requests: QuerySet[InfoRequest]) -> QuerySet[InfoRequest]:
    """Without the sealed columns, whose opening would take most of the time."""
    return requests.select_related("organ", "department").only(
        "received_on",
        "closed_on",
        "due_on",
        "channel",
        "outcome",
        "is_extended",
        "organ__name",
        "organ__path",
        "department__name",
    )


def _open_at_end(counted: QuerySet[InfoRequest], last: date) -> list[InfoRequest]:
    return list(_slim(counted.filter(Q(closed_on=None) | Q(closed_on__gt=last), received_on__lte=last)))


def _working_days_taken(closed: Iterable[InfoRequest]) -> dict[int, int]:
    """Working days from receipt to reply by primary key, by each organ's calendar."""
    regions = dict(OfficeProfile.objects.values_list("organ_id", "region"))
    calendars: dict[str, WorkingCalendar] = {}
    taken = {}
    for request in closed:
        if request.outcome in NO_REPLY:
            continue
        region = regions.get(request.organ_id, "CN")
        if region not in calendars:
            calendars[region] = working_calendar(region)
        taken[request.pk] = calendars[region].between(request.received_on, request.closed_on)
    return taken


def is_late(request: InfoRequest) -> bool:
    """Whether a closed application was closed after its day."""
    return request.due_on is not None and request.closed_on > request.due_on


def _month(
    number: int, received: Sequence[InfoRequest], closed: Sequence[InfoRequest], took: Mapping[int, int]
) -> Month:
    came = [request for request in received if request.received_on.month == number]
    went = [request for request in closed if request.closed_on.month == number]
    return Month(
        number,
        received=len(came),
        extended=sum(request.is_extended for request in came),
        closed=len(went),
        late=sum(is_late(request) for request in went),
        answered=spread_of(took[request.pk] for request in went if request.pk in took),
    )


def _channels(received: Iterable[InfoRequest]) -> tuple[tuple[str, int], ...]:
    counts = Counter(request.channel for request in received)
    return tuple((label, counts[value]) for value, label in CHANNEL_CHOICES)


def _outcomes(closed: Iterable[InfoRequest]) -> tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]:
    """The six groups of the form, each with its outcomes that occurred, the most frequent first."""
    counts = Counter(request.outcome for request in closed)
    groups = []
    for key, label in GROUPS.items():
        own = [
            (BY_CODE[code].ground, number)
            for code, number in counts.most_common()
            if BY_CODE[code].row == key or BY_CODE[code].row.startswith(f"{key}_")
        ]
        groups.append((label, sum(number for _, number in own), tuple(own)))
    return tuple(groups)


def _timeliness(closed: Iterable[InfoRequest], overdue: Sequence[InfoRequest]) -> Timeliness:
    counts = Counter("late" if is_late(r) else "extended" if r.is_extended else "in_time" for r in closed)
    return Timeliness(counts["in_time"], counts["extended"], counts["late"], len(overdue))


def _decided(organs: Sequence[Organ]) -> QuerySet[Dispute]:
    return Dispute.objects.filter(organ__in=organs, is_codefendant_here=False).exclude(closed_on=None)


def _reversals(organs: Sequence[Organ], year: int) -> Iterable[Reversals]:
    found = _decided(organs).filter(closed_on__year=year).values_list("kind", "result")
    counts = Counter(found)
    for kind, label in Dispute.Kind.choices:
        yield Reversals(label, *(counts[kind, result] for result in ("upheld", "corrected", "other")))


def _departments(
    received: Sequence[InfoRequest],
    closed: Sequence[InfoRequest],
    overdue: Sequence[InfoRequest],
    still_open: Sequence[InfoRequest],
    took: Mapping[int, int],
) -> tuple[DepartmentFigures, ...]:
    """Each department that had an application, those with most received first."""
    names: dict[tuple[int, int | None], tuple[str, str]] = {}
    for request in (*received, *closed, *overdue, *still_open):
        name = request.department.name if request.department else NO_DEPARTMENT
        names[_place(request)] = (request.organ.name, name)
    figures = []
    for place, (organ, name) in names.items():
        own_closed = [request for request in closed if _place(request) == place]
        figures.append(
            DepartmentFigures(
                organ,
                name,
                received=sum(_place(request) == place for request in received),
                closed=len(own_closed),
                open=sum(_place(request) == place for request in still_open),
                answered=spread_of(took[request.pk] for request in own_closed if request.pk in took),
                extended=sum(_place(r) == place and r.is_extended for r in received),
                overdue=sum(map(is_late, own_closed)) + sum(_place(r) == place for r in overdue),
            )
        )
    return tuple(sorted(figures, key=lambda f: (-f.received, -f.closed, f.organ, f.name)))


def _place(request: InfoRequest) -> tuple[int, int | None]:
    return request.organ_id, request.department_id
