"""Links of an item into its own site that lead nowhere: to a page or file that is gone or not live."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from gongkai.core.proofreading import Severity
from gongkai.proofing.parts import Given
from gongkai.publishing.proofread.leaves import Leaf, raw_blocks
from gongkai.publishing.proofread.rich_text import words_with_places

if TYPE_CHECKING:
    from gongkai.publishing.models import ItemPage

RULE = "LK-01"
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-zA-Z]+)="([^"]*)"')
_GONE = "链接指向的网页不存在或者已经撤下"
_DRAFT = "链接指向的信息还没有发布"
_NO_FILE = "链接指向的文件不存在"
_ADVICE = "改正链接，或者先发布那条信息；不再需要的删去"


def dead_links(item: ItemPage, leaves: list[Leaf]) -> Iterator[Given]:
    """Every link that the public would find dead."""
    for leaf in leaves:
        if leaf.is_rich and "<a" in leaf.value:
            for attributes, inner in _LINK.findall(leaf.value):
                why = _fault(dict(_ATTRIBUTE.findall(attributes)), item)
                if why:
                    quote = words_with_places(inner).text.strip("\n")
                    yield _given(leaf.address, leaf.label, quote, why)
    for number, block in enumerate(raw_blocks(item)):
        if block["type"] == "link" and (why := _fault_of_address(block["value"].get("url") or "", item)):
            name = block["value"].get("title") or ""
            yield _given(f"blocks/{number}/value/title", f"第 {number + 1} 块相关链接", name, why)


def _given(address: str, label: str, quote: str, why: str) -> Given:
    return Given(address, label, RULE, quote, why, _ADVICE, Severity.SERIOUS)


def _fault(link: dict[str, str], item: ItemPage) -> str:
    kind, key = link.get("linktype", ""), link.get("id", "")
    if kind == "page":
        return _fault_of_page(Page.objects.filter(pk=key).first() if key.isdigit() else None, item)
    if kind == "document":
        known = key.isdigit() and get_document_model().objects.filter(pk=key).exists()
        return "" if known else _NO_FILE
    return _fault_of_address(unescape(link.get("href", "")), item)


def _fault_of_page(page: Page | None, item: ItemPage) -> str:
    if page is None:
        return _GONE
    if page.live or page.pk == item.pk:
        return ""
    return _GONE if page.first_published_at else _DRAFT


def _fault_of_address(address: str, item: ItemPage) -> str:
    """Addresses of other sites are the inspection's matter: they can be told by asking them only."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "链接的网址写错了"
    if parts.scheme not in {"", "http", "https"} or address.startswith("#"):
        return ""
    if parts.netloc and (parts.hostname or "") not in _own_hosts():
        return ""
    if not parts.netloc and not parts.path.startswith("/"):
        return "链接没有写完整的网址" if parts.path else "链接没有网址"
    return _fault_of_path(unquote(parts.path) or "/", item)


def _own_hosts() -> set[str]:
    named = {host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"}
    return named | set(Site.objects.values_list("hostname", flat=True))


def _fault_of_path(path: str, item: ItemPage) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return _GONE
    if match.url_name == "wagtaildocs_serve":
        known = get_document_model().objects.filter(
            pk=match.args[0] if match.args else match.kwargs["document_id"]
        )
        return "" if known.exists() else _NO_FILE
    if match.url_name and match.url_name != "wagtail_serve":
        return ""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return ""
    wanted = site.root_page.url_path.rstrip("/") + "/" + path.strip("/")
    return _fault_of_page(Page.objects.filter(url_path=wanted.rstrip("/") + "/").first(), item)
