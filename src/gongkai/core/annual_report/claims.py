"""Which numbers of a text state a figure of the form, and which figures each may mean.

A phrase table (``phrases``) is laid over the clauses of the text (``passages``). What speaks of a part
(各部门 …, 其中网上 …), of another year or organ, or in words that are not understood makes no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.annual_report.passages import Clause, is_part, passages
from gongkai.core.annual_report.phrases import (
    CLOSED_KEYS,
    DISPUTE_KEYS,
    LABEL_AFTER,
    LABEL_WORDS,
    NAMING,
    NEW_KEYS,
    NO_DISPUTES,
    NO_REQUESTS,
    OBJECT_AFTER,
    PHRASE_TOPICS,
    PHRASES,
    VERB_AT_END,
    VERB_KEYS,
    Phrase,
    Topic,
    phrases_for,
)
from gongkai.core.annual_report.screening import Screen
from gongkai.core.annual_report.text_numbers import YEAR, Number

_ALONE = re.compile(
    rf"^(?:{YEAR}|共有?|共计|已|均|全部|依法|依规|按时|按期|按规定|及时|规范|全年|累计|合计|总计|并|其中|另|还|有|含|包括|本年度?"
    r"|当年|年内|在?(?:法定|规定)?(?:时限|期限|时间)内|实际|目前|同时|全[省市县区镇乡局]|我[省市县区镇乡局委办]|作|作出|:)*+$"
)
_JOINED = re.compile("(?:或|或者|和|及|与|以及)$")  # 予以公开或部分公开16件 is of both
_TRIED = re.compile("受理|审理|审结|办理|办结|收案|立案|出庭|化解|登记")
_SCREEN = Screen(NAMING, PHRASE_TOPICS)
_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that states a figure of the form.

    Attributes:
        start, end: code points of the text, half-open: the number without its unit, or the whole phrase
            where it says that there was nothing (未收到政府信息公开申请).
        value: as stated; amounts in 万元.
        approximate: the text says so (100余件, 近50件, 1.2万件).
        keys: candidate figures (``figures``), the likeliest first; the text may mean any of them.
        low, high: the exact values that the statement allows.
        fragment_start: where the words begin that give the number its meaning.
    """

    start: int
    end: int
    value: Decimal
    approximate: bool
    keys: tuple[str, ...]
    low: Decimal
    high: Decimal
    fragment_start: int


def claims(text: str, *, year: int | None = None, agency: str = "") -> tuple[Claim, ...]:
    """The numbers of a text that state a figure of the form, in order of place.

    Args:
        year: report year; a number of another year makes no claim.
        agency: the reporting organ; figures said of another organ make no claim.
    """
    found: list[Claim] = []
    for clause in passages(text, agency, _SCREEN):
        if clause.numbers:
            found.extend(_claims_of(clause, year, agency))
        else:
            found.extend(_claims_of_nothing(clause, year, agency))
    return tuple(sorted(found, key=lambda claim: claim.start))


def _claims_of(clause: Clause, year: int | None, agency: str) -> Iterator[Claim]:
    begin = 0
    for at, (position, number) in enumerate(clause.numbers):
        after = position + 1 + len(number.unit)
        end = clause.numbers[at + 1][0] if at + 1 < len(clause.numbers) else len(clause.text)
        left, right = clause.text[begin:position], clause.text[after:end]
        if begin == 0 and not left and clause.label:
            left = clause.label
        keys = _keys(clause, left, right, position, number, year, agency)
        if keys:
            yield _claim(number, keys, clause.offsets[begin])
        begin = after


def _keys(
    clause: Clause, left: str, right: str, position: int, number: Number, year: int | None, agency: str
) -> tuple[str, ...]:
    """Candidate figures of one number, () where it states none that is understood."""
    named = clause.year_at(position)
    other_year = year is not None and named is not None and named != year
    topic = clause.topic_at(position)
    for phrase, pattern in phrases_for(number.unit, topic) if LABEL_WORDS.search(left) else ():
        match = pattern.search(left)
        if match is None:
            continue
        if not _year_fits(phrase, match[0], clause, position, year, other_year=other_year):
            return ()
        refused = (
            clause.foreign
            or _listed(clause, left)
            or _is_refused(phrase, left[: match.start()], clause, agency)
        )
        return () if refused else phrase.keys
    if other_year or clause.foreign:
        return ()
    return _keys_after(left, right, topic, agency)


def _year_fits(
    phrase: Phrase, matched: str, clause: Clause, position: int, year: int | None, *, other_year: bool
) -> bool:
    if not phrase.other_year:
        return not other_year
    if YEAR not in matched:
        return True
    named = [clause.years[at] for at in sorted(clause.years) if at < position]
    return year is not None and year + phrase.other_year in named


def _is_refused(phrase: Phrase, prefix: str, clause: Clause, agency: str) -> bool:
    if _JOINED.search(prefix):
        return True
    if phrase.bare:
        # 其中25件已办结 speaks of those received this year, a number the form does not hold.
        shared = phrase.keys == CLOSED_KEYS and "其中" in prefix
        return shared or not _ALONE.match(prefix.rpartition(":")[2])
    if phrase.keys[0].startswith(("reconsideration", "direct_suit", "suit_after")):
        of_disclosure = re.search("信息公开|依申请|政府信息", clause.text)
        if not clause.of_disclosure or (_TRIED.search(prefix) and not of_disclosure):
            return True
    return is_part(prefix, agency, share_allowed=not phrase.whole)


def _listed(clause: Clause, left: str) -> bool:
    """予以公开、部分公开15件: the number is of both, and we do not say which."""
    return bool(clause.before) and any(phrase.pattern.search(clause.before) for phrase in PHRASES)


def _keys_after(left: str, right: str, topic: Topic, agency: str) -> tuple[str, ...]:
    """The figure named behind the number: 收到15件政府信息公开申请, 12件予以公开, 34件上年结转."""
    verb = VERB_AT_END.search(left)
    if verb and (OBJECT_AFTER.match(right) or (topic is Topic.REQUESTS and right == "申请")):
        if is_part(left[: verb.start()], agency, share_allowed=False):
            return ()
        return next(keys for pattern, keys in VERB_KEYS if pattern.fullmatch(verb["verb"]))
    label = LABEL_AFTER.match(right)
    if not label or not _ALONE.match(left):
        return ()
    for phrase in PHRASES:
        if phrase.topics and topic in phrase.topics and phrase.pattern.match(label["label"]):
            shared = phrase.keys == CLOSED_KEYS and "其中" in left
            return () if shared or phrase.keys == NEW_KEYS else phrase.keys
    return ()


def _claim(number: Number, keys: tuple[str, ...], fragment_start: int) -> Claim:
    scale = _WAN if number.unit.endswith("元") else 1
    return Claim(
        number.start,
        number.end,
        number.value / scale,
        number.approximate,
        keys,
        number.low / scale,
        number.high / scale,
        min(fragment_start, number.start),
    )


def _claims_of_nothing(clause: Clause, year: int | None, agency: str) -> Iterator[Claim]:
    named = clause.year_at(len(clause.text))
    if clause.foreign or (year is not None and named is not None and named != year):
        return
    for pattern in (NO_REQUESTS, NO_DISPUTES):
        match = pattern.search(clause.text)
        if match is None or re.search("如|若|有$", clause.text[: match.start()]):
            continue
        if is_part(clause.text[: match.start()], agency, share_allowed=False):
            continue
        keys = NEW_KEYS if pattern is NO_REQUESTS else DISPUTE_KEYS.get(match["what"], DISPUTE_KEYS["both"])
        start, zero = clause.offsets[match.start()], Decimal(0)
        yield Claim(start, clause.offsets[match.end()], zero, False, keys, zero, zero, start)
