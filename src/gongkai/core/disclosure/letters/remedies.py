"""The remedy paragraph (救济告知) of a reply.

Source: ``disclosure-law`` §4.3: 行政复议法 (2023) Arts. 20, 23(1)(四); 行政诉讼法 Arts. 45, 46; 法释〔2025〕8号
Art. 1. The periods are calendar periods. Which body and which court is configured by the office: it depends on the
organ, and no clerk types it.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.disclosure.decisions import Remedy

RECONSIDERATION_DAYS = 60
SUIT_AFTER_RECONSIDERATION_DAYS = 15
SUIT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class RemedyBodies:
    """Where an applicant turns to: the reconsideration organ and the court."""

    review_body: str
    court: str


def remedy_paragraph(remedy: Remedy, bodies: RemedyBodies) -> str:
    """The paragraph; "" where the letter is a step on the way and no decision."""
    review, court = bodies.review_body, bodies.court
    choice = (
        f"可以自收到本告知书之日起{RECONSIDERATION_DAYS}日内向{review}申请行政复议，"
        f"或者自收到本告知书之日起{SUIT_MONTHS}个月内向{court}提起行政诉讼。"
    )
    first = (
        f"应当先自收到本告知书之日起{RECONSIDERATION_DAYS}日内向{review}申请行政复议；对行政复议决定不服的，"
        f"可以自收到行政复议决定书之日起{SUIT_AFTER_RECONSIDERATION_DAYS}日内向{court}提起行政诉讼。"
    )
    match remedy:
        case Remedy.NONE:
            return ""
        case Remedy.CHOICE:
            return f"如对本告知书不服，{choice}"
        case Remedy.RECONSIDERATION_FIRST:
            return f"如对本告知书不服，{first}"
        case Remedy.PARTLY_FIRST:
            return f"如对其中不予公开的部分不服，{first}如对其他部分不服，{choice}"
