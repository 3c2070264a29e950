"""Making a card from its sheet, entering manual lines with evidence, publishing, appeals."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.core.scorecards import (
    DEFAULT_LINES,
    Measure,
    Mode,
    WeightsFaulty,
    card_of,
    check_weights,
    score,
)
from gongkai.supervision import access
from gongkai.supervision.errors import ScoreRefused
from gongkai.supervision.measures import measure_of
from gongkai.supervision.models import Appeal, Scorecard, ScoreEntry, ScoreLine

NOT_ENTERED = "还没有人工填写"


@transaction.atomic
def sheet_of(organ: Organ) -> list[ScoreLine]:
    """The organ's sheet; the defaults the first time."""
    found = list(ScoreLine.objects.filter(organ=organ))
    if found:
        return found
    return ScoreLine.objects.bulk_create(
        ScoreLine(
            organ=organ, position=number, code=one.code, name=one.name, measure=one.measure, weight=one.weight,
            mode=one.mode.value, source=one.source,
        )
        for number, one in enumerate(DEFAULT_LINES, start=1)
    )  # fmt: skip


@transaction.atomic
def make_card(
    *, organ: Organ, department: Department | None, first_on: date, last_on: date, title: str, by: User
) -> Scorecard:
    """Measure every automatic line; manual ones wait for somebody to enter them.

    Raises:
        ScoreRefused: the period is none, there is a card of it, or the weights do not add up to 100.
    """
    access.require(by, "编制考核", organ)
    if first_on > last_on or last_on > timezone.localdate():
        raise ScoreRefused("考核期间的结束日期不能早于开始日期，也不能晚于今天。")
    if department is not None and department.organ_id != organ.pk:
        raise ScoreRefused("部门不属于这个机关，请重新选择。")
    period = {"organ": organ, "department": department, "first_on": first_on, "last_on": last_on}
    if Scorecard.objects.filter(**period).exists():
        raise ScoreRefused("这个部门这个期间的考核已经有了。")
    lines = sheet_of(organ)
    try:
        check_weights(one.line for one in lines)
    except WeightsFaulty as faulty:
        raise ScoreRefused(
            f"考核指标的权重合计是 {faulty.total}，应为 100，请先在“考核指标”里改好。"
        ) from None
    card = Scorecard.objects.create(**period, title=title, made_by=by)
    for one in lines:
        entry = ScoreEntry(
            card=card, position=one.position, code=one.code, name=one.name, measure=one.measure, weight=one.weight,
            mode=one.mode, source=one.source,
        )  # fmt: skip
        automatic = one.mode == Mode.AUTOMATIC
        measured = (
            measure_of(one.code, organ, department, first_on, last_on)
            if automatic
            else Measure(unknown=NOT_ENTERED)
        )
        entry.take(score(one.line, measured))
        entry.save()
    _sum_up(card)
    record_event("scorecard.made", card, actor=by, organ_code=organ.code, total=str(card.total))
    return card


def _sum_up(card: Scorecard) -> None:
    summed = card_of(score(one.line, one.measured()) for one in card.entries.all())
    card.earned, card.counted, card.total = summed.earned, summed.counted, summed.total
    card.save(update_fields=["earned", "counted", "total"])


@transaction.atomic
def enter_line(*, entry: ScoreEntry, good: int, total: int, evidence: str, by: User) -> ScoreEntry:
    """Enter a manual line with what it rests on.

    Raises:
        ScoreRefused: the card is published, the line is automatic, the numbers do not fit, or there is no evidence.
    """
    found = ScoreEntry.objects.select_for_update().select_related("card__organ").get(pk=entry.pk)
    access.require(by, "编制考核", found.card.organ)
    if found.card.state != Scorecard.State.DRAFT:
        raise ScoreRefused("考核已经公布，要改分请通过申诉复核。")
    if found.mode != Mode.MANUAL:
        raise ScoreRefused("这一项由系统自动取数，不能人工填写。")
    _set(found, good, total, evidence)
    record_event(
        "scorecard.entered", found, actor=by, organ_code=found.card.organ.code, good=good, total=total
    )
    return found


def _set(entry: ScoreEntry, good: int, total: int, evidence: str) -> None:
    if not evidence.strip():
        raise ScoreRefused("请写明依据：看了哪些记录，哪几件不符合。")
    if not 0 <= good <= total:
        raise ScoreRefused("符合的件数不能多于总数。")
    entry.evidence = evidence.strip()
    entry.take(score(entry.line, Measure(good, total)))
    entry.save()
    _sum_up(entry.card)


@transaction.atomic
def publish_card(*, card: Scorecard, by: User) -> Scorecard:
    """Make a card known to the departments; from now on a line changes by appeal alone.

    Raises:
        ScoreRefused: it is published already.
    """
    found = Scorecard.objects.select_for_update().select_related("organ").get(pk=card.pk)
    access.require(by, "公布考核", found.organ)
    if found.state != Scorecard.State.DRAFT:
        raise ScoreRefused("考核已经公布。")
    found.state, found.published_on = Scorecard.State.PUBLISHED, timezone.localdate()
    found.save(update_fields=["state", "published_on"])
    record_event("scorecard.published", found, actor=by, organ_code=found.organ.code, total=str(found.total))
    return found


@transaction.atomic
def appeal(*, entry: ScoreEntry, reason: str, by: User) -> Appeal:
    """Object to a line of a published card.

    Raises:
        ScoreRefused: it is not published, an appeal is open, or no reason is given.
    """
    access.require(by, "申诉", entry.card.organ)
    if entry.card.state != Scorecard.State.PUBLISHED:
        raise ScoreRefused("考核公布以后才能申诉。")
    if not reason.strip():
        raise ScoreRefused("请写明申诉的理由和依据。")
    if entry.appeals.filter(state=Appeal.State.OPEN).exists():
        raise ScoreRefused("这一项的申诉正在复核。")
    made = Appeal.objects.create(entry=entry, reason=reason.strip(), by=by)
    record_event("scorecard.appealed", made, actor=by, organ_code=entry.card.organ.code, reason=made.reason)
    return made


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, by: User, upheld: bool, answer: str, good: int | None = None, total: int | None = None
) -> Appeal:
    """Decide an appeal; upheld, the line takes the numbers given.

    Raises:
        ScoreRefused: it is decided, the person appealed, or the answer or the numbers are missing.
    """
    found = Appeal.objects.select_for_update().select_related("entry__card__organ").get(pk=appeal.pk)
    card = found.entry.card
    access.require(by, "公布考核", card.organ)
    if found.state != Appeal.State.OPEN:
        raise ScoreRefused("这件申诉已经复核。")
    if found.by_id == by.pk:
        raise ScoreRefused("申诉人不能复核自己的申诉。")
    if not answer.strip():
        raise ScoreRefused("请写明复核意见。")
    if upheld:
        if good is None or total is None:
            raise ScoreRefused("申诉成立的，请填写调整后的件数。")
        _set(found.entry, good, total, f"申诉复核：{answer}")
    found.state = Appeal.State.UPHELD if upheld else Appeal.State.REJECTED
    found.answer, found.decided_by, found.decided_on = answer.strip(), by, timezone.localdate()
    found.save()
    record_event(
        "scorecard.decided", found, actor=by, organ_code=card.organ.code, upheld=upheld, answer=answer
    )
    return found
