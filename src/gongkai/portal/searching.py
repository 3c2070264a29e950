"""Published items found by words as typed, or by likeness to a description."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db.models import Q

from gongkai.portal.indexing import pk_of, search_index
from gongkai.publishing.models import ItemPage
from gongkai.searchindex import Found, Wanted

NEAR = 0.5  # share of a title's two-character words, from which an item is worth a look
CANDIDATES = 400
STOP_WORDS = frozenset(
    {"关于", "有关", "信息", "情况", "文件", "资料", "材料", "相关", "公开", "内容", "申请"}
)
_RUNS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[\w]{1,20}[〔\[［（(]\s*\d{4}\s*[〕\]］）)]\s*\d{1,5}\s*号")


class ItemsFound:
    """Live items that hold every word of a query, ranked; sliced like a list, so that a paginator can page it.

    Attributes:
        facets: name → [(value, count)] over everything found, before narrowing.
    """

    def __init__(
        self, query: str, *, narrowed: Mapping[str, str] | None = None, order: str = "relevance"
    ) -> None:
        self.query, self.order = query, order
        self.narrowed = {name: value for name, value in (narrowed or {}).items() if value}
        self._first = self._found(0, 0)
        self.facets = self._first.facets

    def _found(self, offset: int, size: int) -> Found:
        wanted = Wanted(self.query, self.narrowed, order=self.order, offset=offset, size=max(1, size))
        return search_index().search(wanted)

    def __len__(self) -> int:
        return self._first.total

    def count(self) -> int:
        return self._first.total

    def __getitem__(self, part: slice) -> list[ItemPage]:
        start, stop = part.start or 0, part.stop if part.stop is not None else self._first.total
        keys = [pk_of(hit.key) for hit in self._found(start, stop - start).hits]
        items = {item.pk: item for item in ItemPage.objects.live().filter(pk__in=keys)}
        return [items[pk] for pk in keys if pk in items]


def items_matching(query: str) -> ItemsFound:
    """Live items whose title, number, summary or text holds every word as typed, the likeliest first."""
    return ItemsFound(query)


def pairs_of(text: str) -> frozenset[str]:
    """The two-character words of a text without those that say nothing; numbers and Latin words whole."""
    found: set[str] = set()
    for run in _RUNS.findall(text.lower()):
        for piece in re.findall(r"[a-z0-9]+|[^a-z0-9]+", run):
            if piece.isascii():
                found.add(piece)
            else:
                found.update(piece[i : i + 2] for i in range(len(piece) - 1))
    return frozenset(found - STOP_WORDS)


def items_like(subject: str, content: str = "", *, limit: int = 6) -> list[ItemPage]:
    """Items that may be what a description asks for, the likeliest first.

    First those that hold the subject as typed or a document number named in the text, then those whose title shares
    at least half of its words, or of the subject's, with the description.
    """
    found: dict[int, ItemPage] = {}
    subject = subject.strip()
    if subject:
        found.update((item.pk, item) for item in items_matching(subject)[:limit])
    for item in _numbered(f"{subject} {content}"):
        found.setdefault(item.pk, item)
    wanted, described = pairs_of(subject), pairs_of(f"{subject} {content}")
    near = Q(pk=None)
    for word in sorted(wanted)[:40]:
        near |= Q(title__icontains=word)
    shares = []
    for item in ItemPage.objects.live().filter(near).order_by("-published_at")[:CANDIDATES]:
        title = pairs_of(item.title)
        share = max(_share(title, described), _share(wanted, title)) if len(title & described) > 1 else 0
        if share >= NEAR:
            shares.append((share, item))
    for _, item in sorted(shares, key=lambda pair: -pair[0]):
        found.setdefault(item.pk, item)
    return list(found.values())[:limit]


def _numbered(text: str) -> list[ItemPage]:
    """Items whose document number (文号) stands in a text, with whatever brackets and blanks."""
    found = []
    for number in _NUMBER.findall(text)[:3]:
        plain = re.sub(r"[\[［（(]", "〔", re.sub(r"[\]］）)]", "〕", re.sub(r"\s", "", number)))
        # The words before it run into its mark, so the end is looked up and the whole compared.
        named = ItemPage.objects.live().filter(document_number__endswith=plain[plain.index("〔") :])
        found += [item for item in named[:CANDIDATES] if plain.endswith(item.document_number)]
    return found


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one) if one else 0.0
