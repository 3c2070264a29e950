"""Links that lead outside: marked in what is shown, taken through a notice, known by the published items that hold them.

Nobody can make the notice lead elsewhere: it takes an address only if a live item or guide holds it letter by letter, or its
host stands in the site's settings.

Source: 政府网站发展指引 (国办发〔2017〕47号), external links prompt on leaving (from memory; ours as a rule of the portal).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.views.decorators.http import require_GET

from gongkai.portal.models import OutsideLink, PortalSettings
from gongkai.portal.shared import shared
from gongkai.publishing.models import ItemPage
from gongkai.services.guides.models import Guide

ADDRESS = "/likai/?url="
MARK = '<span class="hidden">（外部网站，离开本站）</span>'
MAX_CHARACTERS = 2000
_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
_REL = re.compile(r"""\s\brel\s*=\s*(["']).*?\1""", re.IGNORECASE | re.DOTALL)


def is_outside(url: str, own: Iterable[str]) -> bool:
    """Whether an address is one of the web and on none of our own hosts.

    >>> is_outside("https://www.gov.cn/", ["www.example.gov.cn"]), is_outside("/zfxxgk/", [])
    (True, False)
    """
    host = host_of(url)
    return bool(host) and host not in {one.lower() for one in own if one}


def host_of(url: str) -> str:
    """The host of a web address in small letters; blank for anything that is none."""
    if len(url) > MAX_CHARACTERS or not url.isprintable() or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        host, name, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or name is not None:
        return ""
    return host.lower()


def marked(html: str, own: Iterable[str]) -> str:
    """The same markup with every outside link led through the notice and named as such to those who hear it."""
    hosts = list(own)

    def through(found: re.Match[str]) -> str:
        attributes, inside = found[1], found[2]
        href = _HREF.search(attributes)
        url = unescape(href[2]).strip() if href is not None else ""
        if href is None or not is_outside(url, hosts):
            return found[0]
        kept = _REL.sub("", attributes.replace(href[0], ""))
        target = escape(ADDRESS + quote(url, safe=""))
        return f'<a href="{target}" rel="nofollow noopener" class="outside"{kept.rstrip()}>{inside}{MARK}</a>'

    return _ANCHOR.sub(through, html)


def digest_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def links_of(item: ItemPage) -> set[str]:
    """The addresses of the web that an item holds: in its text, its blocks, as its source."""
    found = set(_in_text(item.body)) | set(_in_data(item.blocks.raw_data)) if item.pk else set()
    if item.source_url:
        found.add(item.source_url)
    return {url for url in found if host_of(url)}


def _in_text(text: str) -> Iterator[str]:
    for _, url in _HREF.findall(text):
        yield unescape(url).strip()


def _in_data(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data.strip()
        yield from _in_text(data)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _in_data(value)
    elif hasattr(data, "__iter__"):
        for value in data:
            yield from _in_data(value)


def sync(item: ItemPage) -> None:
    """Bring what is known of an item's links into step with whether it is live."""
    wanted = {digest_of(url) for url in links_of(item)} if item.live else set()
    there = set(OutsideLink.objects.filter(item=item.pk).values_list("digest", flat=True))
    if there - wanted:
        OutsideLink.objects.filter(item=item.pk, digest__in=there - wanted).delete()
    OutsideLink.objects.bulk_create([OutsideLink(item=item.pk, digest=one) for one in sorted(wanted - there)])


def drop(item: int) -> None:
    """An item is gone, and its links with it."""
    OutsideLink.objects.filter(item=item).delete()


def relink() -> None:
    """Read all links anew from the live items."""
    OutsideLink.objects.all().delete()
    rows: list[Model] = []
    for item in ItemPage.objects.live().iterator(chunk_size=500):
        rows += [OutsideLink(item=item.pk, digest=digest_of(url)) for url in sorted(links_of(item))]
    OutsideLink.objects.bulk_create(rows, batch_size=1000)


def own_hosts(request: HttpRequest) -> list[str]:
    """The hosts that are this site's."""
    kept = shared(request).kept
    domain = kept.settings.domain if kept.site is not None else ""
    asked = urlsplit(f"//{request.get_host()}").hostname or ""
    return [domain, urlsplit(kept.origin).hostname or "", asked]


def is_known(url: str, site: PortalSettings) -> bool:
    """Whether the notice may lead to an address."""
    host = host_of(url)
    if not host:
        return False
    approved = {line.strip().lower() for line in site.linked_hosts.splitlines()}
    return (
        host in approved
        or OutsideLink.objects.filter(digest=digest_of(url)).exists()
        or Guide.objects.filter(live__online_url=url).exists()
    )


@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """Tell the reader that the link leads outside; the way on is a plain link."""
    url = request.GET.get("url", "")
    site = PortalSettings.for_request(request)
    known = is_known(url, site)
    back = request.headers.get("referer", "")
    is_ours = bool(back) and host_of(back) in {one.lower() for one in own_hosts(request)}
    parts = urlsplit(back) if is_ours else None
    response = render(
        request,
        "portal/leaving.html",
        {
            "title": "离开本网站" if known else "没有这个链接",
            "url": url if known else "",
            "host": host_of(url) if known else "",
            "back": f"{parts.path}{'?' if parts.query else ''}{parts.query}" if parts else "/",
        },
        status=200 if known else 404,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
