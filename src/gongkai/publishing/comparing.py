"""What changed between two reviewed contents, field by field and paragraph by paragraph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags

from gongkai.publishing.blocks import words_of
from gongkai.publishing.models import ItemPage, Review

_BREAKS = re.compile(r"</(?:p|h\d|li|tr|div)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text: ``kind`` is same, old or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, as pieces in reading order."""

    label: str
    parts: tuple[Part, ...]


def changes_between(old: str, new: str) -> list[Change]:
    """The fields that differ between two canonical contents, the title first, then as in the form."""
    before, after = json.loads(old), json.loads(new)
    labels = {f.name: str(f.verbose_name) for f in ItemPage._meta.get_fields() if hasattr(f, "verbose_name")}
    labels |= {"column": "栏目", "files": "附件和图片"}
    names = [name for name in labels if name in before or name in after]
    names += sorted((set(before) | set(after)) - set(names))
    return [
        Change(labels.get(name, name), _parts(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def earlier_signed(review: Review) -> Review | None:
    """The last review of the item before this one whose text somebody agreed to."""
    earlier = Review.objects.filter(page=review.page_id, pk__lt=review.pk, steps__act="sign")
    return earlier.distinct().order_by("-pk").first()


def _parts(old: object, new: object) -> tuple[Part, ...]:
    before, after = _lines(old), _lines(new)
    found: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _shortened(before[a:b])
        elif b - a == d - c:
            for one, other in zip(before[a:b], after[c:d], strict=True):
                found += _within(one, other)
        else:
            found += [Part("old", "\n".join(before[a:b])), Part("new", "\n".join(after[c:d]))]
    return tuple(part for part in found if part.text)


def _within(old: str, new: str) -> Iterator[Part]:
    """Differing characters of one paragraph; a rewritten one is shown whole."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.5:
        yield from (Part("old", old), Part("new", new + "\n"))
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Part("same", old[a:b])
        else:
            yield from (Part("old", old[a:b]), Part("new", new[c:d]))
    yield Part("same", "\n")


def _shortened(lines: list[str]) -> list[Part]:
    if len(lines) <= 3:
        return [Part("same", "\n".join(lines) + "\n")] if lines else []
    return [Part("same", f"{lines[0]}\n……（{len(lines) - 2} 段没有改动）……\n{lines[-1]}\n")]


def _lines(value: object) -> list[str]:
    if isinstance(value, list):
        return [words_of(part) or json.dumps(part, ensure_ascii=False) for part in value]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    plain = unescape(strip_tags(_BREAKS.sub("\n", text)))
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    shown = [line for line in lines if line]
    # A change of nothing but markup (a link, bold) is shown as written.
    return shown or [text]
