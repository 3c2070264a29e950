"""Named reads of reports."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from gongkai.agencies.access import organs_of
from gongkai.agencies.models import Organ, User
from gongkai.reporting import access
from gongkai.reporting.models import AnnualReport

State = AnnualReport.State


def published_reports() -> QuerySet[AnnualReport]:
    """Published reports, newest year first."""
    return (
        AnnualReport.objects.filter(state=State.PUBLISHED, scope=AnnualReport.Scope.SELF)
        .select_related("organ")
        .order_by("-year", "organ__path")
    )


def published_reports_matching(query: str) -> list[AnnualReport]:
    """Published reports whose title or text holds every word of a query."""
    found = published_reports().annotate(
        whole_title=Concat("organ__name", Cast("year", CharField()), Value("年政府信息公开工作年度报告"))
    )
    for word in query.split():
        matches = (
            Q(whole_title__icontains=word)
            | Q(overview__icontains=word)
            | Q(problems__icontains=word)
            | Q(other_matters__icontains=word)
        )
        matches |= Q(organ__name__icontains=word)
        if word in "政府信息公开工作年度报告年报":
            matches |= Q(year__gt=0)
        digits = word.removesuffix("年")
        if digits.isascii() and digits.isdecimal() and len(digits) == 4:
            matches |= Q(year=int(digits))
        found = found.filter(matches)
    return list(found[:20])


def published_report(organ_code: str, year: int) -> AnnualReport | None:
    """The published version of an organ's year."""
    return published_reports().filter(organ__code=organ_code, year=year).first()


def versions_of(report: AnnualReport) -> list[AnnualReport]:
    """Every version the public has seen, newest first."""
    seen = AnnualReport.objects.filter(
        organ=report.organ,
        year=report.year,
        scope=report.scope,
        state__in=(State.PUBLISHED, State.SUPERSEDED),
    )
    return list(seen.prefetch_related("files").order_by("-version"))


def reports_for(user: User) -> QuerySet[AnnualReport]:
    """Reports of every organ at which the person may look."""
    return AnnualReport.objects.filter(organ__in=organs_of(user)).select_related("organ")


def organs_for(user: User, act: str) -> list[Organ]:
    """Organs at which the person may do an act."""
    return [organ for organ in organs_of(user).order_by("path") if access.allowed(user, act, organ)]


def report_due_on(year: int) -> date:
    """Last day to publish a department's report: 31 January of the next year (条例 Art. 49)."""
    return date(year + 1, 1, 31)
