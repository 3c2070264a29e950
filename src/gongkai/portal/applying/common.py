"""What the public pages share: the office, headers that keep personal data out of caches, the page of limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from gongkai.agencies.models import Organ
from gongkai.inforequests.models import OfficeProfile
from gongkai.portal.models import PortalSettings

ROOT = "/zfxxgk/ysqgk/"
END_MARK = (
    "wanzheng"  # the last field of each form: where it is missing, the rest of the page was lost on its way
)


@dataclass(frozen=True, slots=True)
class Office:
    """Who takes applications on this portal, and how it is reached.

    Attributes:
        organ: the portal's own organ; None while the site is not set up.
        profile: None while the office has not filled it in; then nothing is taken in online, because no letter
            could be answered with.
    """

    organ: Organ | None
    profile: OfficeProfile | None
    site: PortalSettings

    @property
    def takes_online(self) -> bool:
        return self.profile is not None

    @property
    def contact(self) -> dict[str, str]:
        """Name, address and so on: from the office's profile, else from the site's settings."""
        if self.profile is not None:
            names = ("office_name", "address", "postcode", "telephone", "fax", "email", "hours")
            return {name: getattr(self.profile, name) for name in names}
        return {
            "office_name": self.site.sponsor,
            "address": self.site.address,
            "postcode": self.site.postcode,
            "telephone": self.site.telephone,
            "fax": "",
            "email": self.site.email,
            "hours": self.site.office_hours,
        }


def office_of(request: HttpRequest) -> Office:
    """The office of this portal."""
    site = PortalSettings.for_request(request)
    return Office(site.organ, OfficeProfile.objects.filter(organ_id=site.organ_id).first(), site)


def contact_of(organ: Organ, request: HttpRequest) -> dict[str, str]:
    """How the office of a case is reached, which may be another organ's than the portal's own."""
    profile = OfficeProfile.objects.filter(organ=organ).first()
    return Office(organ, profile, PortalSettings.for_request(request)).contact


View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keep a page out of every cache and search engine, and its address out of other sites' logs."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": with it browsers send "Origin: null", which the check of forms refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def page(request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of this part of the portal."""
    context.setdefault("root", ROOT)
    return render(request, f"portal/applying/{name}.html", {"title": title, **context}, status=status)


def limited(
    request: HttpRequest, seconds: int, *, what: str, kept: str, back: str, back_label: str
) -> HttpResponse:
    """The page of one act too many: when it is possible again, what became of what was typed, and other ways."""
    office = office_of(request)
    response = page(
        request,
        "limited",
        "请稍后再试",
        status=429,
        what=what,
        kept=kept,
        again_at=again_at(seconds),
        back=back,
        back_label=back_label,
        contact=office.contact,
    )
    response["Retry-After"] = str(seconds)
    return response


def again_at(seconds: int) -> datetime:
    """The minute from which it is possible again, rounded up."""
    moment = timezone.localtime() + timedelta(seconds=seconds + 59)
    return moment.replace(second=0, microsecond=0)


def draft_days() -> int:
    return settings.APPLICATION_DRAFT_DAYS
