"""What the search box offers: titles while one types, related words on the page of results."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.portal.searching import ItemsFound
from gongkai.searchindex import folded

TITLES, LOOKED_AT, RELATED = 8, 30, 8
_PARTS = re.compile(r"[,，;；、\s]+")


def titles_like(query: str) -> list[str]:
    """Titles of live items that hold every word typed, those that begin with it first; each once."""
    typed = folded(query)
    if not typed or (len(typed) == 1 and typed.isascii()):
        return []
    words = typed.split()
    titles = {item.title: folded(item.title) for item in ItemsFound(query)[:LOOKED_AT]}
    fitting = [title for title, plain in titles.items() if all(word in plain for word in words)]
    return sorted(fitting, key=lambda title: not titles[title].startswith(typed))[:TITLES]


def related_words(query: str) -> list[str]:
    """Key words that the likeliest items carry and that were not typed, the commonest first."""
    typed = folded(query)
    if not typed:
        return []
    counted: Counter[str] = Counter()
    for item in ItemsFound(query)[:LOOKED_AT]:
        counted.update({word for word in _PARTS.split(item.keywords) if word and folded(word) not in typed})
    return [word for word, _ in counted.most_common(RELATED)]
