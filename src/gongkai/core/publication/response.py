"""Response to public concern (回应关切): by when.

Source: 国办发〔2016〕61号 and its implementing rules — especially major or major emergencies are answered with authoritative
information within 5 hours, other matters within 48 hours (read on two pages). Hours run on, at night and on holidays.
Limitations: which matter is major is a person's judgement; the press conference within 24 hours is not counted here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Weight(StrEnum):
    """How heavy a concern is."""

    MAJOR = "major"
    ORDINARY = "ordinary"


RESPONSE_HOURS = {Weight.MAJOR: 5, Weight.ORDINARY: 48}


def response_due(heard_at: datetime, weight: Weight) -> datetime:
    """The moment by which the office has answered.

    >>> response_due(datetime(2026, 11, 1, 20), Weight.MAJOR).isoformat()
    '2026-11-02T01:00:00'
    """
    return heard_at + timedelta(hours=RESPONSE_HOURS[weight])
