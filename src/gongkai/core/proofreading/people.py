"""Names of leaders and their posts against the office's list (TM-07).

Source: proofreading rules, section 1 (TM-07): exact names; a name one character off; the order of several names as in the
list. Limitations: a name is looked at beside a post of the list or 同志 only; who is not in the list is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.proofreading.context import alike_to
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.knowledge import Person
from gongkai.core.proofreading.masks import speaks_of_the_past
from gongkai.core.proofreading.paper import Paper

_RULE = "TM-07"
_FORMER = ("原", "前", "时任", "副", "代")
_COMRADE = "同志"
_LIST = "职务名单"


def find(paper: Paper, people: tuple[Person, ...]) -> Iterator[Hit]:
    """Everything of this family; nothing without a list."""
    if not people or not any(person.name[0] in paper.characters for person in people):
        return
    posts = sorted({person.post for person in people if person.post}, key=len, reverse=True)
    names = sorted({person.name for person in people}, key=len, reverse=True)
    by_name = {name: [person for person in people if person.name == name] for name in names}
    yield from _wrong_posts(paper, by_name, posts)
    yield from _almost(paper, people, posts, frozenset(names))
    yield from _out_of_order(paper, by_name)


def _wrong_posts(paper: Paper, by_name: dict[str, list[Person]], posts: list[str]) -> Iterator[Hit]:
    """A post of the list right before a name of the list that does not hold it that day."""
    text = paper.text
    for name, held in by_name.items():
        for match in re.finditer(re.escape(name), text):
            start = match.start()
            post = next((one for one in posts if text.endswith(one, max(0, start - len(one)), start)), None)
            if post is None:
                continue
            begin = start - len(post)
            if text[max(0, begin - 2) : begin].endswith(_FORMER):
                continue
            same = [person for person in held if person.post == post]
            if any(person.holds_on(paper.on) for person in same):
                continue
            now = [person.post for person in held if person.holds_on(paper.on) and person.post]
            if same:
                left = max((person.until for person in same if person.until), default=None)
                if left is not None and speaks_of_the_past(text, begin, match.end(), left.year):
                    continue
                when = f"自{left:%Y-%m-%d}起不再担任" if left and left <= paper.on else "还没有担任"
                says = f"按{_LIST}，{name}{when}{post}；叙述当时的事情可以保留"
            elif now:
                says = f"按{_LIST}，{name}的职务是{'、'.join(now)}"
            else:
                continue
            yield Hit(
                _RULE,
                begin,
                match.end(),
                f"{now[0]}{name}" if now else "核对职务",
                Severity.SERIOUS,
                says,
                "ours",
            )


def _almost(
    paper: Paper, people: tuple[Person, ...], posts: list[str], names: frozenset[str]
) -> Iterator[Hit]:
    """Beside a post or 同志 stands a name one character off a listed one."""
    text = paper.text
    seen: set[int] = set()
    for word in (*posts, _COMRADE):
        for match in re.finditer(re.escape(word), text):
            for person in people:
                size = len(person.name)
                start = match.start() - size if word == _COMRADE else match.end()
                token = text[start : start + size] if start >= 0 else ""
                if start in seen or token in names or not _is_slip(token, person.name):
                    continue
                seen.add(start)
                says = f"与{_LIST}里的“{person.name}”差一个字"
                yield Hit(
                    _RULE, start, start + size, person.name, Severity.SERIOUS, says, "ours", person.name
                )


def _is_slip(token: str, name: str) -> bool:
    """One character off: any one of three or more, of two only one that sounds or looks alike."""
    if len(token) != len(name) or "\n" in token:
        return False
    off = [(a, b) for a, b in zip(token, name, strict=True) if a != b]
    if len(off) != 1 or not all("一" <= character <= "龥" for character in token):
        return False
    a, b = off[0]
    return len(name) > 2 or b in alike_to().get(a, ())


def _out_of_order(paper: Paper, by_name: dict[str, list[Person]]) -> Iterator[Hit]:
    """Several listed names in a row, in another order than the list's."""
    ranks = {
        name: min(person.rank for person in held if person.rank)
        for name, held in by_name.items()
        if any(person.rank for person in held)
    }
    if len(ranks) < 2:
        return
    one = "|".join(map(re.escape, ranks))
    for match in re.finditer(f"(?:{one})(?:[、，,\u3000 ]+(?:{one}))+", paper.text):
        listed = re.findall(one, match[0])
        ordered = sorted(listed, key=ranks.__getitem__)
        if listed != ordered:
            says = f"人员排列次序与{_LIST}不一致"
            yield Hit(_RULE, *match.span(), "、".join(ordered), Severity.SERIOUS, says, "ours")
