"""The inspection as a whole: every indicator in force over one evidence, and the two figures."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from gongkai.core.inspection import columns, dealings, links, marks, technical, wording
from gongkai.core.inspection.facts import Evidence
from gongkai.core.inspection.findings import (
    Finding,
    Indicator,
    Inspection,
    Kind,
    Measured,
    Outcome,
    State,
    Verdict,
)
from gongkai.core.inspection.indicators import indicators_on

Measure = Callable[[Evidence, date], Measured]
BY_A_PERSON = "由人工检查，机器不测。"
SCORE = Decimal(100)

MEASURES: dict[str, Measure] = {
    "V-W-01": lambda evidence, on: wording.serious_wording(evidence),
    "V-W-02": lambda evidence, on: wording.secrecy_marks(evidence),
    "V-W-04": lambda evidence, on: technical.tampered(evidence, "V-W-04"),
    "V-W-05": technical.forged_dates,
    "V-W-07": lambda evidence, on: technical.not_reachable(evidence),
    "V-W-08": columns.home_not_updated,
    "V-W-09": columns.columns_not_updated,
    "V-W-10": columns.columns_long_silent,
    "V-W-11": columns.blank_columns,
    "V-W-12": lambda evidence, on: dealings.no_channel(evidence),
    "V-W-13": dealings.unanswered,
    "V-W-14": lambda evidence, on: dealings.no_services(evidence),
    "V-W-15": lambda evidence, on: dealings.poor_guides(evidence),
    "V-W-16": lambda evidence, on: dealings.few_and_poor(evidence),
    "V-M-02": dealings.silent_accounts,
    "D-01": lambda evidence, on: columns.has_columns(evidence, "D-01", "概况信息", "概况信息"),
    "D-02": lambda evidence, on: columns.has_columns(evidence, "D-02", "机构职能", "机构职能"),
    "D-03": lambda evidence, on: columns.has_columns(evidence, "D-03", "负责人信息", "负责人信息"),
    "D-04": lambda evidence, on: columns.updated_within(evidence, on, "D-04", "工作动态", 14, "工作动态"),
    "D-05": lambda evidence, on: columns.updated_within(evidence, on, "D-05", "政策文件", 180, "政策文件"),
    "D-06": lambda evidence, on: columns.updated_within(evidence, on, "D-06", "政策解读", 180, "政策解读"),
    "D-07": columns.other_columns,
    "D-09": lambda evidence, on: dealings.incomplete_guides(evidence),
    "D-14": dealings.messages_shown,
    "D-17": lambda evidence, on: marks.unsound_domain(evidence),
    "D-18": lambda evidence, on: marks.missing_footer(evidence),
    "D-19": lambda evidence, on: links.broken_links(evidence),
    "D-20": lambda evidence, on: technical.search_misses(evidence),
    "D-21": lambda evidence, on: marks.wrong_labels(evidence),
    "S-LEAK": lambda evidence, on: wording.leaks(evidence),
    "S-HIDDEN": lambda evidence, on: links.hidden_links(evidence),
    "S-FOREIGN": lambda evidence, on: links.foreign_links(evidence),
    "S-TAMPER": lambda evidence, on: technical.tampered(evidence, "S-TAMPER"),
    "Q-WORDS": lambda evidence, on: wording.errors(evidence),
    "Q-ACCESS": lambda evidence, on: technical.access_faults(evidence),
    "Q-HTTPS": lambda evidence, on: technical.not_encrypted(evidence),
    "Q-HEADERS": lambda evidence, on: technical.poor_headers(evidence),
    "Q-UNREAD": lambda evidence, on: wording.unread_files(evidence),
}


def inspect(
    evidence: Evidence,
    *,
    on: date,
    confirmed: Collection[str] = frozenset(),
    dismissed: Collection[str] = frozenset(),
) -> Inspection:
    """Judge one evidence by the indicators in force on a day.

    Args:
        on: the day of the time point; the same evidence and day always give the same result.
        confirmed: fingerprints of suspected findings that a person confirmed.
        dismissed: fingerprints of findings that a person looked at and found to be none.
    """
    outcomes = tuple(
        _outcome(indicator, _measured(indicator, evidence, on), confirmed, dismissed)
        for indicator in indicators_on(on)
    )
    lost = sum((one.lost for one in outcomes), Decimal(0))
    return Inspection(
        on,
        outcomes,
        _verdict(outcomes),
        max(Decimal(0), SCORE - lost),
        tuple(
            one.indicator.code
            for one in outcomes
            if one.indicator.kind is Kind.DEDUCTION and one.state is State.UNKNOWN
        ),
        tuple(
            one.indicator.code
            for one in outcomes
            if one.indicator.kind is Kind.VETO and one.state is State.HIT and not one.indicator.is_verified
        ),
    )


def _measured(indicator: Indicator, evidence: Evidence, on: date) -> Measured:
    measure = MEASURES.get(indicator.code)
    if measure is None:
        return Measured(unknown=BY_A_PERSON)
    return measure(evidence, on)


def _outcome(
    indicator: Indicator, measured: Measured, confirmed: Collection[str], dismissed: Collection[str]
) -> Outcome:
    found = tuple(one for one in measured.findings if one.fingerprint not in dismissed)
    certain = [one for one in found if _is_certain(one, indicator, confirmed)]
    note = "".join((measured.unknown, measured.note))
    if not measured.applies:
        state = State.NOT_APPLICABLE
    elif len(certain) >= indicator.threshold:
        state = State.HIT
    elif len(found) >= indicator.threshold:
        state = State.SUSPECTED
    else:
        state = State.UNKNOWN if measured.unknown else State.CLEAR
        if found:
            note = f"{len(found)} 处，不到 {indicator.threshold} 处。{note}"
        found = ()
    return Outcome(indicator, state, found, note, _lost(indicator, measured, len(certain), bool(dismissed)))


def _is_certain(finding: Finding, indicator: Indicator, confirmed: Collection[str]) -> bool:
    return finding.fingerprint in confirmed or (finding.is_certain and not indicator.needs_person)


def _lost(indicator: Indicator, measured: Measured, certain: int, some_dismissed: bool) -> Decimal:
    """Points taken off; by finding where a person dismissed some, for the measure counted those too."""
    if indicator.kind is not Kind.DEDUCTION:
        return Decimal(0)
    by_finding = (indicator.points or Decimal(0)) * certain
    lost = by_finding if measured.lost is None or (some_dismissed and certain == 0) else measured.lost
    return lost if indicator.cap is None else min(lost, indicator.cap)


def _verdict(outcomes: tuple[Outcome, ...]) -> Verdict:
    states = {one.state for one in outcomes if one.indicator.kind is Kind.VETO and one.indicator.is_verified}
    if State.HIT in states:
        return Verdict.UNQUALIFIED
    if State.SUSPECTED in states:
        return Verdict.TO_BE_CONFIRMED
    return Verdict.NO_VETO_SO_FAR if State.UNKNOWN in states else Verdict.NO_VETO
