"""Pages that stand on records of other rooms: guides and messages of the public.

A section says which pages it has in all, and which of them one record touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator

from gongkai.portal.baking.rendering import Target
from gongkai.portal.models import PortalSettings
from gongkai.portal.public_messages import PER_PAGE, by_year, years_shown
from gongkai.services.guides.selectors import published_guides
from gongkai.services.messages.selectors import shown_messages

GUIDES, MESSAGES = "/fuwu/zhinan/", "/hudong/liuyan/"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the site.

    Attributes:
        prefix: what the names of all its files begin with.
        fronts: pages that every change touches; ``details`` those of single records, by number.
    """

    prefix: str
    fronts: Callable[[PortalSettings], Iterable[Target]]
    details: Callable[[PortalSettings], dict[int, Target]]

    def everything(self, site: PortalSettings) -> list[Target]:
        return [*self.fronts(site), *self.details(site).values()]

    def touched(self, site: PortalSettings, subject: int) -> list[Target]:
        """What one record touches; 0 is no record in particular."""
        own = self.details(site).get(subject)
        return [*self.fronts(site), *([own] if own is not None else [])]


def _guide_fronts(site: PortalSettings) -> Iterator[Target]:
    yield Target(GUIDES)


def _guide_details(site: PortalSettings) -> dict[int, Target]:
    return {guide.pk: Target(f"{GUIDES}{guide.pk}/") for guide in published_guides(site.organ_id)}


def _message_fronts(site: PortalSettings) -> Iterator[Target]:
    yield Target(MESSAGES)
    yield Target(f"{MESSAGES}tongji/")
    found = shown_messages(site.organ_id)
    for year in years_shown(found):
        yield Target(MESSAGES, f"nian={year}")
        pages = Paginator(by_year(found, year), PER_PAGE).num_pages
        for number in range(1, pages + 1):
            yield Target(MESSAGES, f"nian={year}&ye={number}")


def _message_details(site: PortalSettings) -> dict[int, Target]:
    numbers = shown_messages(site.organ_id).values_list("pk", flat=True)
    return {pk: Target(f"{MESSAGES}{pk}/") for pk in numbers}


SECTIONS = {
    "guide": Section(GUIDES[1:], _guide_fronts, _guide_details),
    "message": Section(MESSAGES[1:], _message_fronts, _message_details),
}


def all_pages(site: PortalSettings) -> Iterator[Target]:
    """Every page of every section."""
    for section in SECTIONS.values():
        yield from section.everything(site)
