"""Labels, breadcrumbs and lists for public templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.defaultfilters import filesizeformat
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from gongkai.portal import labels as page_labels
from gongkai.portal import leaving
from gongkai.portal.column_lists import ColumnList, column_list_of
from gongkai.portal.listing import address
from gongkai.portal.shared import shared
from gongkai.publishing.models import CatalogueEdition, ColumnPage, ItemPage

register = template.Library()
SNIPPET_CHARACTERS = 90
_HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])", re.IGNORECASE)


class CommonNode(template.Node):
    """A part that is the same on many pages of one bake; drawn once for each set of values it varies by."""

    def __init__(self, name: str, varies_by: list[FilterExpression], parts: template.NodeList) -> None:
        self.name, self.varies_by, self.nodelist = name, varies_by, parts

    def render(self, context: template.Context) -> SafeString:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        kept = shared(request).kept
        key = (self.name, *(value.resolve(context) for value in self.varies_by))
        drawn = kept.fragment(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            kept.keep_fragment(key, drawn)
        return mark_safe(drawn)  # noqa: S308 - drawn by the template engine


@register.tag
def common(parser: Parser, token: Token) -> CommonNode:
    """``{% common name value… %}…{% endcommon %}``: the values are all that the part may depend on, the site apart."""
    _, name, *values = token.split_contents()
    parts = parser.parse(("endcommon",))
    parser.delete_first_token()
    return CommonNode(name, [parser.compile_filter(value) for value in values], parts)


class OutsideNode(template.Node):
    """A part of a page whose outside links are led through the notice and marked."""

    def __init__(self, parts: template.NodeList) -> None:
        self.nodelist = parts

    def render(self, context: template.Context) -> SafeString:
        drawn = self.nodelist.render(context)
        return mark_safe(leaving.marked(drawn, leaving.own_hosts(context["request"])))  # noqa: S308 - drawn above


@register.tag
def outside(parser: Parser, token: Token) -> OutsideNode:
    """``{% outside %}…{% endoutside %}``"""
    parts = parser.parse(("endoutside",))
    parser.delete_first_token()
    return OutsideNode(parts)


@register.filter
def headings_in_order(html: str) -> SafeString:
    """The same HTML with its headings from h2 on, none skipped: writers choose them by their looks.

    >>> headings_in_order("<h3>一</h3><h5>二</h5><h3>三</h3>")
    '<h2>一</h2><h3>二</h3><h2>三</h2>'
    """
    above: list[int] = []  # levels as written, from the outermost to the one that stands open

    def level(match: re.Match[str]) -> str:
        written = int(match[2])
        if not match[1]:
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
        return f"<{match[1]}h{min(len(above) + 1, 6)}"

    return mark_safe(_HEADING.sub(level, html))  # noqa: S308 - only digits of tags change


@register.simple_tag(takes_context=True)
def page_label_tags(context: dict[str, Any]) -> SafeString:
    """The meta elements of this page: from ``labels`` where a view gives them, else from the Wagtail page."""
    found = context.get("labels")
    if found is None:
        found = labels_of(context)
    return format_html_join("\n", '<meta name="{}" content="{}">', found)


def labels_of(context: dict[str, Any]) -> page_labels.Labels:
    """Labels of a Wagtail page by its kind; other pages carry the site's three."""
    site, page = context["portal"], context.get("page")
    if isinstance(page, ColumnPage):
        return _column(site, page)
    if isinstance(page, ItemPage):
        common = shared(context["request"])
        parent = common.parent(page)
        return page_labels.article_labels(
            _column(site, parent) if parent is not None else page_labels.site_labels(site),
            title=page.title,
            published_at=page.published_at,
            source=page.source,
            url=common.kept.origin + address(page.url_path, common.root),
            keywords=page.keywords,
            author=page.author,
            description=page.summary,
        )
    return page_labels.site_labels(site)


def _column(site: Any, column: ColumnPage) -> page_labels.Labels:
    return page_labels.column_labels(
        site,
        name=column.title,
        description=column.description,
        keywords=column.keywords,
        column_type=column.column_type,
    )


@register.simple_tag(takes_context=True)
def trail(context: dict[str, Any], page: Any) -> list[tuple[str, str]]:
    """Breadcrumb of a Wagtail page: (title, address) from the first column down to its parent."""
    if not isinstance(page, Page):  # views outside the page tree pass none and write their own
        return []
    return [(column.title, column.address) for column in shared(context["request"]).above(page)]


@register.simple_tag(takes_context=True)
def item_address(context: dict[str, Any], item: ItemPage) -> str:
    """The address of an item on the site, without the host."""
    return address(item.url_path, shared(context["request"]).root)


@register.simple_tag(takes_context=True)
def subcolumns(context: dict[str, Any], column: ColumnPage) -> list[ColumnPage]:
    """Live columns below a column."""
    return shared(context["request"]).below(column)


@register.simple_tag(takes_context=True)
def column_list(context: dict[str, Any], column: ColumnPage) -> ColumnList:
    """The part of a column's list that the address asks for: ``?nian=`` a year, ``&ye=`` a page of it."""
    given, common = context["request"].GET, shared(context["request"])
    years = common.years(column.pk)
    return column_list_of(column.pk, common.root, years, year=given.get("nian", ""), page=given.get("ye", ""))


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], *names: str) -> str:
    """The named parameters of this address as a query string, for links to other pages of a list."""
    given = context["request"].GET
    return urlencode({name: given[name] for name in names if given.get(name)})


@register.simple_tag(takes_context=True)
def column_tree(context: dict[str, Any]) -> list[tuple[ColumnPage, list[ColumnPage]]]:
    """Columns of the first level, each with every column below it in the tree's order."""
    tree: list[tuple[ColumnPage, list[ColumnPage]]] = []
    common = shared(context["request"])
    for column in (one for one in common.columns.values() if one.live and one.pk in common.filled):
        if tree and column.path.startswith(tree[-1][0].path):
            tree[-1][1].append(column)
        else:
            tree.append((column, []))
    return tree


@dataclass(frozen=True, slots=True)
class ShownFile:
    """An attachment as the page names it."""

    title: str
    url: str
    kind: str
    size: str


@register.simple_tag
def item_files(item: ItemPage) -> list[ShownFile]:
    """The attachments of an item with their kind and size, in the editor's order."""
    if not getattr(item, "has_files", True):
        return []
    found = []
    for attached in item.attachments.select_related("document"):
        document = attached.document
        kind = document.file_extension.upper() or "文件"
        found.append(
            ShownFile(attached.shown_title, document.url, kind, filesizeformat(document.get_file_size() or 0))
        )
    return found


@register.simple_tag(takes_context=True)
def share_card(context: dict[str, Any], item: ItemPage) -> SafeString:
    """What a messenger shows when somebody sends the address on: title, summary, site, picture."""
    site = context["portal"]
    shown = [
        ("og:type", "article"),
        ("og:title", item.title),
        ("og:description", (item.summary or item.plain_text)[:120]),
        ("og:url", item.full_url or ""),
        ("og:site_name", site.site_name),
    ]
    picture = next((block.value["image"] for block in item.blocks if block.block_type == "figure"), None)
    if picture is not None:
        rendition = picture.get_rendition("fill-1200x630")
        shown.append(("og:image", context["request"].build_absolute_uri(rendition.url)))
    return format_html_join("\n", '<meta property="{}" content="{}">', [pair for pair in shown if pair[1]])


@register.simple_tag(takes_context=True)
def catalogue_link(context: dict[str, Any]) -> str:
    """The name of the organ's catalogue in force, blank where there is none."""
    edition = CatalogueEdition.objects.filter(organ=context["portal"].organ, state="in_force").first()
    return str(edition) if edition else ""


@register.filter
def broken_after(title: str, organ: Any) -> SafeString:
    """A title that, where it does not fit on one line, breaks after the organ's name and not within it."""
    name = str(organ or "")
    if not name or not title.startswith(name) or title == name:
        return conditional_escape(title)
    return format_html('<span class="keep">{}</span><span class="keep">{}</span>', name, title[len(name) :])


@register.filter
def snippet(item: ItemPage, query: str) -> SafeString:
    """The place of an item's text that holds the first word searched for, the words marked."""
    text = item.plain_text
    words = query.split()
    at = next((found for found in (text.lower().find(word.lower()) for word in words) if found >= 0), 0)
    start = max(0, at - SNIPPET_CHARACTERS // 3)
    shown = text[start : start + SNIPPET_CHARACTERS]
    before, after = "…" if start else "", "…" if start + SNIPPET_CHARACTERS < len(text) else ""
    return format_html("{}{}{}", before, marked(shown, query), after)


@register.filter
def marked(text: str, query: str) -> SafeString:
    """A text with every word of a query in ``mark``."""
    words = sorted(filter(None, query.split()), key=len, reverse=True)
    if not words:
        return conditional_escape(text)
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", text, flags=re.IGNORECASE)
    # With one group, every second piece is a word that was found.
    return mark_safe(  # noqa: S308 - every piece is escaped here
        "".join(
            format_html("<mark>{}</mark>", piece) if index % 2 else conditional_escape(piece)
            for index, piece in enumerate(pieces)
        )
    )
