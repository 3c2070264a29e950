"""Named reads of guides."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Organ, User
from gongkai.services import access
from gongkai.services.guides.models import Guide, GuideVersion

_S = GuideVersion.State


def newest_versions(user: User, *, words: str = "", state: str = "") -> QuerySet[GuideVersion]:
    """The newest version of each guide the person may see."""
    organs = access.organs_for(user, "查看办事指南")
    last = GuideVersion.objects.filter(guide__organ__in=organs).order_by("guide", "-number")
    newest: dict[int, int] = {}
    for pk, guide in last.values_list("pk", "guide"):
        newest.setdefault(guide, pk)
    found = GuideVersion.objects.filter(pk__in=newest.values())
    if words:
        found = found.filter(Q(name__icontains=words) | Q(basis__icontains=words))
    if state in _S.values:
        found = found.filter(state=state)
    return found.select_related("guide__organ", "guide__department", "drafted_by").order_by("name", "pk")


def published_guides(organ: Organ | int | None) -> list[Guide]:
    """The guides of an organ that the public reads, by audience and name; altered content is not shown."""
    found = Guide.objects.published().filter(organ=organ).prefetch_related("live__files")
    shown = [guide for guide in found if guide.live is not None and guide.live.is_as_reviewed]
    return sorted(shown, key=lambda guide: (_order(guide), guide.pk))


def _order(guide: Guide) -> tuple[str, str]:
    assert guide.live is not None
    return guide.live.audience, guide.live.name


def published_guide(organ: Organ | int | None, pk: int) -> Guide | None:
    """One guide that the public reads."""
    found = Guide.objects.published().filter(organ=organ, pk=pk).prefetch_related("live__files").first()
    return found if found is not None and found.live is not None and found.live.is_as_reviewed else None


def guides_matching(guides: Iterable[Guide], query: str) -> list[Guide]:
    """Those that hold every word as typed."""
    words = query.lower().split()
    return [
        guide
        for guide in guides
        if guide.live is not None and all(word in guide.live.plain_text.lower() for word in words)
    ]


def versions_waiting(user: User) -> list[tuple[GuideVersion, str, bool]]:
    """Versions under way with what comes next, and whether it is this person's."""
    organs = access.organs_for(user, "查看办事指南")
    wanted = GuideVersion.objects.filter(guide__organ__in=organs, state__in=[_S.SUBMITTED, _S.RETURNED])
    reviews = {organ.pk for organ in access.organs_for(user, "审核办事指南")} if organs else set()
    lines = []
    for version in wanted.select_related("guide").order_by("submitted_at", "pk"):
        own = version.drafted_by_id == user.pk
        if version.state == _S.RETURNED:
            lines.append((version, "修改退回的指南", own))
        else:
            lines.append((version, "审核办事指南", not own and version.guide.organ_id in reviews))
    return lines
