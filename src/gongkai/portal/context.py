"""What every public template needs: the site's settings, the five doors, the elder mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongkai.portal.models import PortalSettings
from gongkai.portal.shared import shared

ELDER_COOKIE = "changzhe"


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the main navigation."""

    title: str
    path: str

    def is_open(self, path: str) -> bool:
        """Whether an address lies behind this door."""
        return path.startswith(self.path)


DOORS = (
    Door("政府信息公开", "/zfxxgk/"),
    Door("政策", "/zhengce/"),
    Door("办事与企业服务", "/fuwu/"),
    Door("互动", "/hudong/"),
    Door("园区概况", "/gaikuang/"),
)


def _settings(request: HttpRequest) -> PortalSettings:
    """The site's settings as kept; a site that is not set up yet makes its row at the first look."""
    found = shared(request)
    return found.kept.settings if found.site is not None else PortalSettings.for_request(request)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context for public pages.

    The settings are read only when a template asks: the back office has its own shell, yet its refusals
    (a lock-out, a page left open too long) are drawn in the portal's.
    """
    return {
        "portal": SimpleLazyObject(lambda: _settings(request)),
        "doors": [(door, door.is_open(request.path)) for door in DOORS],
        "door_open": next((door.path for door in DOORS if door.is_open(request.path)), ""),
        "door_itself": any(door.path == request.path for door in DOORS),
        "elder_mode": getattr(request, "elder_mode", request.COOKIES.get(ELDER_COOKIE) == "1"),
        "search_query": request.GET.get("q", "") if request.path == "/sousuo/" else "",
    }
