"""What the portal's records tell an inspection: names and numbers, columns with their clocks, releases, signed files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from gongkai.agencies.models import Organ
from gongkai.core.inspection import Channel, Column, Difference, Message, Register
from gongkai.core.publication import UpdateClass
from gongkai.portal.baking.folder import Folder
from gongkai.portal.baking.models import BakedFile
from gongkai.portal.baking.verify import verify
from gongkai.portal.listing import address
from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ChannelRelease, ColumnPage, ItemPage
from gongkai.services.models import PublicMessage

FIRST_LEVEL_DEPTH = 3  # root, home, column


def office_register(organ: Organ, origin: str) -> Register:
    """The records of the site that an organ sponsors; an empty register where it sponsors none."""
    chosen = PortalSettings.objects.select_related("site__root_page").filter(organ=organ).first()
    if chosen is None:
        return Register()
    root = _root_of(chosen.site)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return Register(
        site_name=chosen.site_name,
        domain=chosen.domain,
        site_code=chosen.site_code,
        hosts=(urlsplit(origin).hostname or "",),
        columns=_columns(origin, root, closed),
        released=_released(origin, root, closed),
        signed={address_of(name): digest for name, digest in BakedFile.objects.values_list("name", "digest")},
        differences=_differences(),
        channels=_channels(organ),
    )


def _channels(organ: Organ) -> tuple[Channel, ...] | None:
    """Channels that the office publishes to from here, with the day of their newest post; None where it has none."""
    posts = ChannelRelease.objects.filter(
        item__organ=organ, channel=ChannelRelease.Channel.WECHAT, state=ChannelRelease.State.PUBLISHED
    )
    newest = posts.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return None
    return (Channel(ChannelRelease.Channel.WECHAT.label, timezone.localtime(newest).date()),)


def message_register(organ: Organ, origin: str) -> list[Message]:
    """Valid messages of the public by number and days (V-W-13 counts those alone); never their words."""
    rows = PublicMessage.objects.filter(organ=organ).exclude(state=PublicMessage.State.INVALID).order_by("pk")
    return [
        Message(
            origin + reverse("services:message", args=[pk]),
            number,
            received_on,
            timezone.localtime(answered_at).date()
            if state == PublicMessage.State.ANSWERED and answered_at
            else None,
        )
        for pk, number, received_on, state, answered_at in rows.values_list(
            "pk", "number", "received_on", "state", "answered_at"
        )
    ]


def _root_of(site: Site) -> str:
    known = (one.root_path for one in Site.get_site_root_paths() if one.site_id == site.pk)
    return str(next(known, None) or site.root_page.url_path)


def _columns(origin: str, root: str, closed: tuple[str, ...]) -> tuple[Column, ...]:
    rows = ColumnPage.objects.live().filter(url_path__startswith=root).select_related("owner_department")
    return tuple(
        Column(
            origin + address(one.url_path, root),
            one.title,
            UpdateClass(one.update_class),
            one.depth <= FIRST_LEVEL_DEPTH,
            one.archived_on,
            str(one.owner_department or ""),
        )
        for one in rows.order_by("path")
        if not one.path.startswith(closed or "-")
    )


def _released(origin: str, root: str, closed: tuple[str, ...]) -> dict[str, date]:
    rows = ItemPage.objects.live().filter(url_path__startswith=root)
    return {
        origin + address(url_path, root): timezone.localtime(at).date()
        for path, url_path, at in rows.values_list("path", "url_path", "published_at")
        if not path.startswith(closed or "-")
    }


def address_of(name: str) -> str:
    """The address that a baked file stands for, path and query, as a crawl writes it; see ``baking.names``.

    >>> address_of("zfxxgk/index@2024-3.html")
    '/zfxxgk/?nian=2024&ye=3'
    """
    folder, _, last = name.rpartition("/")
    base = quote(unquote(f"/{folder}/" if folder else "/"), safe="/-._~")
    if not last.startswith("index"):
        return f"{base}{last}"
    year, _, page = last.removeprefix("index").removesuffix(".html").removeprefix("@").partition("-")
    query = f"?nian={year}" + (f"&ye={page}" if page else "") if year else ""
    return base + query


def _differences() -> tuple[Difference, ...] | None:
    """What the files on disk are found to be; None while they are being written, or where none were."""
    if not BakedFile.objects.exists():
        return None
    folder = Folder(Path(settings.BAKE_FOLDER))
    with folder.lock(wait=False) as is_ours:
        if not is_ours:
            return None
        return tuple(Difference(one.name, one.what.value) for one in verify(folder).findings)
