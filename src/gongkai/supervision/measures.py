"""Where automatic lines of a scorecard get their measures: the rooms that keep the records register them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.agencies.models import Department, Organ
from gongkai.core.scorecards import Measure
from gongkai.supervision.models import Rectification

Teller = Callable[[Organ, Department | None, date, date], Measure]
_tellers: dict[str, Teller] = {}
NOBODY = "没有登记这一项的数据来源"


def register_measure(code: str, teller: Teller) -> None:
    """Let a room measure a line: called with organ, department (None for all), first and last day."""
    _tellers[code] = teller


def measure_of(
    code: str, organ: Organ, department: Department | None, first_on: date, last_on: date
) -> Measure:
    """What the records say; unknown where no room tells."""
    teller = _tellers.get(code)
    return teller(organ, department, first_on, last_on) if teller else Measure(unknown=NOBODY)


def rectified_in_time(organ: Organ, department: Department | None, first_on: date, last_on: date) -> Measure:
    """Rectifications due within the period that were reported by their day and not returned."""
    rows = Rectification.objects.filter(organ=organ, due_on__range=(first_on, last_on))
    if department is not None:
        rows = rows.filter(department=department)
    good, faults = 0, []
    for one in rows.prefetch_related("steps"):
        reports = [step.at.date() for step in one.steps.all() if step.act == "report"]
        if reports and reports[0] <= one.due_on and one.returns == 0:
            good += 1
        else:
            faults.append(f"{one.number}：{'退回过' if one.returns else '没有按期反馈'}")
    return Measure(good, good + len(faults), tuple(faults))


register_measure("rectification", rectified_in_time)
