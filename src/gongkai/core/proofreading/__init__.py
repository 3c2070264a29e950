"""Proofreading of the office's own publications (校对): pure, text in, findings out.

::

    check(text, on=date(2024, 1, 10))              -> findings with place, quote, suggestion, severity, source mark
    check(text, on=..., style=Style(white={...}))  -> with the office's own style book, white list and waivers

Source: the rule tables under ``data`` name their sections; GB/T 15834—2011, GB/T 15835—2011 and GB/T 9704—2012 for
marks, numerals and headings. It reads what the office publishes and refuses the words of the public.
Limitations: no understanding of sentences; a finding is never itself a verdict.
"""

from gongkai.core.proofreading.checking import MAX_CHARACTERS, check
from gongkai.core.proofreading.dates import paper_day
from gongkai.core.proofreading.errors import EntryFaulty, NotOurs, TextTooLong
from gongkai.core.proofreading.findings import Finding, Origin, Severity
from gongkai.core.proofreading.knowledge import Knowledge, Law, Person
from gongkai.core.proofreading.style import Entry, Style, Waiver

__all__ = [
    "MAX_CHARACTERS",
    "Entry",
    "EntryFaulty",
    "Finding",
    "Knowledge",
    "Law",
    "NotOurs",
    "Origin",
    "Person",
    "Severity",
    "Style",
    "TextTooLong",
    "Waiver",
    "check",
    "paper_day",
]
