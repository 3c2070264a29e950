"""The clock of one application as a ledger (答复期限): entries in, due date with its derivation out.

Never an edited field: the due date is a function of the entries and the calendar, so any past case can be
recomputed and every date explained to the applicant.

Source: 《政府信息公开条例》 (国务院令第711号) Arts. 30–35; 国办函〔2020〕109号 for the fee's restart (from memory);
国办公开办函〔2015〕207号 for receipt by channel. The edges of an excluded consultation are not fixed by law:
working days after the letter was sent, up to and including the day the answer came, are excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.core.calendars.calendar import WorkingCalendar

REPLY_WORKING_DAYS = 20  # Art. 33(2)
MAX_EXTENSION_WORKING_DAYS = 20  # Art. 33(2)
CORRECTION_NOTICE_WORKING_DAYS = 7  # Art. 30
CONSULTATION_WORKING_DAYS = 15  # Arts. 32, 34, from the other side's receipt
PAYMENT_WORKING_DAYS = 20  # 109号, from the day after the notice


class Channel(StrEnum):
    """How an application came (Art. 31); the last four start the clock by confirmation with the applicant."""

    COUNTER = "counter"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    FAX = "fax"
    WEB = "web"
    EMAIL = "email"


CONFIRMED_CHANNELS = frozenset({Channel.ORDINARY_MAIL, Channel.FAX, Channel.WEB, Channel.EMAIL})


class Kind(StrEnum):
    """What an entry records."""

    RECEIVED = "received"
    CORRECTION_NOTIFIED = "correction_notified"
    CORRECTED = "corrected"
    CONSULTATION_SENT = "consultation_sent"
    CONSULTATION_ANSWERED = "consultation_answered"
    EXTENDED = "extended"
    DELAYED = "delayed"
    FEE_NOTIFIED = "fee_notified"
    PAID = "paid"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"


LABELS = {
    Kind.RECEIVED: "收到申请",
    Kind.CORRECTION_NOTIFIED: "告知补正",
    Kind.CORRECTED: "收到补正",
    Kind.CONSULTATION_SENT: "发出征求意见函",
    Kind.CONSULTATION_ANSWERED: "收到征求意见的答复",
    Kind.EXTENDED: "延长答复期限",
    Kind.DELAYED: "延迟答复",
    Kind.FEE_NOTIFIED: "发出收费通知",
    Kind.PAID: "收到缴费",
    Kind.REPLIED: "答复",
    Kind.WITHDRAWN: "申请人撤回",
}


class State(StrEnum):
    """Where the clock stands after the last entry."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    SUSPENDED = "suspended"
    AWAITING_PAYMENT = "awaiting_payment"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded fact.

    Attributes:
        on: the day it happened.
        channel, confirmed_on: for ``received``.
        id: which letter, for consultations.
        working_days: for ``extended``.
        until: for ``delayed``.
    """

    kind: Kind
    on: date
    channel: Channel | None = None
    confirmed_on: date | None = None
    id: str = ""
    working_days: int = 0
    until: date | None = None


class LedgerImpossible(ValueError):
    """An entry contradicts those before it; ``number`` counts from 1. The message is Chinese."""

    def __init__(self, number: int, entry: Entry, reason: str) -> None:
        self.number, self.entry, self.reason = number, entry, reason
        super().__init__(f"第 {number} 项（{entry.on} {LABELS[entry.kind]}）：{reason}")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the derivation: the day, what it did to the clock, and the article."""

    on: date
    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The answer.

    Attributes:
        due: last day on which a reply is in time; None while the clock stands still.
        provisional: the count passed the last published holiday notice, or a consultation is still open.
        stopped_on: day of reply or withdrawal.
        warnings: late acts that are recorded all the same (a correction notice after the 7th working day).
    """

    due: date | None
    provisional: bool
    state: State
    steps: tuple[Step, ...]
    base: date | None = None
    stopped_on: date | None = None
    warnings: tuple[str, ...] = ()
    excluded: tuple[tuple[date, date], ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Whether the reply came, or is still missing, after the due date."""
        return self.due is not None and (self.stopped_on or today) > self.due


Refuse = Callable[[str], LedgerImpossible]


class _Ledger:
    """The clock while entries are read one by one."""

    def __init__(self, calendar: WorkingCalendar, as_of: date | None) -> None:
        self.calendar, self.as_of = calendar, as_of
        self.base: date | None = None
        self.extension = 0
        self.was_extended = False
        self.delayed: date | None = None
        self.state = State.NOT_STARTED
        self.corrections = 0
        self.open: dict[str, date] = {}
        self.known: set[str] = set()
        self.closed: list[tuple[date, date]] = []
        self.fee_on: date | None = None
        self.steps: list[Step] = []
        self.warnings: list[str] = []
        self.last_on: date | None = None
        self.stopped_on: date | None = None

    def read(self, number: int, entry: Entry) -> None:
        def refuse(reason: str) -> LedgerImpossible:
            return LedgerImpossible(number, entry, reason)

        if number == 1 and entry.kind is not Kind.RECEIVED:
            raise refuse("第一项须是收到申请。")
        if self.last_on is not None and entry.on < self.last_on:
            raise refuse(f"日期早于上一项的 {self.last_on}，请按发生先后排列。")
        if self.state is State.STOPPED:
            raise refuse("申请已经办结，其后不能再有记录。")
        if self.state is State.NOT_STARTED and entry.kind not in {Kind.RECEIVED, Kind.WITHDRAWN}:
            raise refuse("申请尚未确认收到，期限没有起算。")
        self.last_on = entry.on
        getattr(self, f"_{entry.kind.value}")(entry, refuse)

    def _received(self, entry: Entry, refuse: Refuse) -> None:
        if self.steps:
            raise refuse("收到申请只能记录一次。")
        channel = entry.channel or Channel.COUNTER
        start: date | None = entry.on
        if channel in CONFIRMED_CHANNELS:
            start = entry.confirmed_on
            if start is not None and start < entry.on:
                raise refuse("与申请人确认的日期早于申请到达的日期。")
        if start is None:
            self.steps.append(Step(entry.on, "申请到达，尚未与申请人确认，期限没有起算。", "第三十一条"))
            return
        self.base, self.state = start, State.RUNNING
        self.last_on = start
        self.steps.append(
            Step(
                start,
                f"收到申请之日为 {start}，自次日起计算 {REPLY_WORKING_DAYS} 个工作日。",
                "第三十一条、第三十三条",
            )
        )

    def _correction_notified(self, entry: Entry, refuse: Refuse) -> None:
        self._must_run(refuse)
        if self.corrections:
            raise refuse("补正只能一次性告知，不能第二次要求补正。")
        self.corrections = 1
        assert self.base is not None
        limit = self.calendar.reach(self.base, CORRECTION_NOTICE_WORKING_DAYS).day
        if entry.on > limit:
            self.warnings.append(f"补正告知超过收到申请后 7 个工作日（应不晚于 {limit}）。")
        self.state = State.AWAITING_CORRECTION
        self.steps.append(Step(entry.on, "告知补正，原期限不再计算，等待补正。", "第三十条"))

    def _corrected(self, entry: Entry, refuse: Refuse) -> None:
        if self.state is not State.AWAITING_CORRECTION:
            raise refuse("没有告知补正，或补正已经收到。")
        self._restart(entry.on)
        self.steps.append(
            Step(entry.on, f"收到补正，自次日起重新计算 {REPLY_WORKING_DAYS} 个工作日。", "第三十条")
        )

    def _consultation_sent(self, entry: Entry, refuse: Refuse) -> None:
        if self.state not in {State.RUNNING, State.SUSPENDED}:
            raise refuse("期限没有在计算，不能征求意见。")
        if entry.id in self.known:
            raise refuse(f"征求意见函编号“{entry.id}”重复。")
        self.known.add(entry.id)
        self.open[entry.id] = entry.on
        self.state = State.SUSPENDED
        self.steps.append(Step(entry.on, "发出征求意见函，自次日起到收到答复之日不计入期限。", "第三十三条"))

    def _consultation_answered(self, entry: Entry, refuse: Refuse) -> None:
        if entry.id not in self.open:
            raise refuse(f"没有发出编号“{entry.id}”的征求意见函，或已收到答复。")
        sent = self.open.pop(entry.id)
        self.closed.append((sent, entry.on))
        if not self.open:
            self.state = State.RUNNING
        days = self.calendar.between(sent, entry.on)
        self.steps.append(Step(entry.on, f"收到答复，该函占用 {days} 个工作日，不计入期限。", "第三十三条"))

    def _extended(self, entry: Entry, refuse: Refuse) -> None:
        if self.state not in {State.RUNNING, State.SUSPENDED}:
            raise refuse("期限没有在计算，不能延长。")
        if self.was_extended:
            raise refuse("只能延长一次。")
        if self.delayed is not None:
            raise refuse("已经延迟答复，不能再延长。")
        if not 1 <= entry.working_days <= MAX_EXTENSION_WORKING_DAYS:
            raise refuse(
                f"延长 {entry.working_days} 个工作日，须在 1 至 {MAX_EXTENSION_WORKING_DAYS} 个之间。"
            )
        due, _provisional = self._due(entry.on)
        if entry.on > due:
            raise refuse(f"期限已于 {due} 届满，届满后不能延长。")
        self.extension, self.was_extended = entry.working_days, True
        self.steps.append(Step(entry.on, f"经批准延长 {entry.working_days} 个工作日。", "第三十三条"))

    def _delayed(self, entry: Entry, refuse: Refuse) -> None:
        if self.state not in {State.RUNNING, State.SUSPENDED}:
            raise refuse("期限没有在计算，不能延迟答复。")
        if entry.until is None:
            raise refuse("须写明延迟到哪一天（until）。")
        due, _provisional = self._due(entry.on)
        if entry.on > due:
            raise refuse(f"期限已于 {due} 届满，届满后不能延迟。")
        if entry.until < due:
            raise refuse(f"延迟到的日期 {entry.until} 早于现有期限 {due}。")
        self.delayed = entry.until
        self.steps.append(
            Step(entry.on, f"申请数量、频次明显超过合理范围，延迟到 {entry.until} 答复。", "第三十五条")
        )

    def _fee_notified(self, entry: Entry, refuse: Refuse) -> None:
        self._must_run(refuse)
        if self.fee_on is not None:
            raise refuse("同一申请只能收费一次。")
        due, _provisional = self._due(entry.on)
        if entry.on > due:
            raise refuse(f"期限已于 {due} 届满，届满后不能收费。")
        self.fee_on, self.state = entry.on, State.AWAITING_PAYMENT
        limit = self.calendar.reach(entry.on, PAYMENT_WORKING_DAYS).day
        self.steps.append(
            Step(entry.on, f"发出收费通知，应于 {limit} 前缴费，原期限不再计算。", "国办函〔2020〕109号")
        )

    def _paid(self, entry: Entry, refuse: Refuse) -> None:
        if self.state is not State.AWAITING_PAYMENT or self.fee_on is None:
            raise refuse("没有发出收费通知，或已经缴费。")
        limit = self.calendar.reach(self.fee_on, PAYMENT_WORKING_DAYS).day
        if entry.on > limit:
            raise refuse(f"缴费期限已于 {limit} 届满，视为放弃申请。")
        self._restart(entry.on)
        self.steps.append(
            Step(
                entry.on, f"收到缴费，自次日起重新计算 {REPLY_WORKING_DAYS} 个工作日。", "国办函〔2020〕109号"
            )
        )

    def _replied(self, entry: Entry, refuse: Refuse) -> None:
        self._stop(entry, "作出答复，期限停止计算。")

    def _withdrawn(self, entry: Entry, refuse: Refuse) -> None:
        self._stop(entry, "申请人撤回，期限停止计算。")

    def _stop(self, entry: Entry, text: str) -> None:
        self.state, self.stopped_on = State.STOPPED, entry.on
        self.steps.append(Step(entry.on, text))

    def _must_run(self, refuse: Refuse) -> None:
        if self.state is State.SUSPENDED:
            raise refuse("正在征求意见，请先记录答复。")
        if self.state is not State.RUNNING:
            raise refuse("期限没有在计算。")

    def _restart(self, base: date) -> None:
        """A fresh 20 working days: what was excluded, extended or delayed before is void with the old period."""
        self.base, self.state = base, State.RUNNING
        self.closed, self.extension, self.delayed = [], 0, None

    def _due(self, as_of: date | None) -> tuple[date, bool]:
        """Due date now; an open consultation excludes up to ``as_of`` and makes the answer provisional."""
        assert self.base is not None
        intervals = list(self.closed)
        end = as_of or self.as_of or self.last_on
        assert end is not None
        intervals += [(sent, max(sent, end)) for sent in self.open.values()]
        day = due_day(self.base, self.extension, intervals, self.calendar)
        if self.delayed is not None:
            day = max(day, self.delayed)
        return day, bool(self.open) or not self.calendar.is_published(day)

    def result(self) -> Due:
        standing = {State.NOT_STARTED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT}
        due, provisional = (None, False)
        if self.state not in standing and self.base is not None:
            due, provisional = self._due(None)
        return Due(
            due,
            provisional,
            self.state,
            tuple(self.steps),
            self.base,
            self.stopped_on,
            tuple(self.warnings),
            tuple(merged(self.closed)),
        )


def merged(intervals: Iterable[tuple[date, date]]) -> Sequence[tuple[date, date]]:
    """The union of intervals that overlap or touch, in order: parallel letters are excluded once."""
    union: list[tuple[date, date]] = []
    for first, last in sorted(intervals):
        if union and first <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], last))
        else:
            union.append((first, last))
    return union


def due_day(
    base: date, extension_working_days: int, excluded: Iterable[tuple[date, date]], calendar: WorkingCalendar
) -> date:
    """The last day for a reply from its parts, without reading a ledger; a few index look-ups.

    Args:
        base: receipt, correction or payment; counting starts the next day.
        excluded: (sent, answered) of each consultation: the working days after the first, up to and
            including the second.

    Raises:
        CalendarNotPublished: the count leaves the calendar and its assumed years.
    """
    start = calendar.count_upto(base)
    number = start + REPLY_WORKING_DAYS + extension_working_days
    for first, last in merged(excluded):
        before = max(calendar.count_upto(first), start)
        if before < number:
            number += max(0, calendar.count_upto(last) - before)
    return calendar.working_day(number)


def reply_due(entries: Sequence[Entry], calendar: WorkingCalendar, *, as_of: date | None = None) -> Due:
    """The due date of an application, with its derivation.

    Args:
        entries: in the order they happened.
        as_of: until when an open consultation excludes; the last entry's day when left out.

    Raises:
        LedgerImpossible: an entry contradicts those before it.
        CalendarNotPublished: a date lies outside the calendar and its assumed years.
    """
    ledger = _Ledger(calendar, as_of)
    for number, entry in enumerate(entries, start=1):
        ledger.read(number, entry)
    return ledger.result()


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the derivation: its number in the count (None when it does not count) and why."""

    day: date
    number: int | None
    why: str


def explain(due: Due, calendar: WorkingCalendar) -> tuple[CountedDay, ...]:
    """Day by day from the day after receipt to the due date: what counted as which working day, and why not."""
    if due.base is None or due.due is None:
        return ()
    number, lines = 0, []
    for day in calendar.days(due.base, due.due):
        if day == due.base:
            lines.append(CountedDay(day, None, "收到之日，不计入"))
            continue
        is_working = calendar.count_upto(day) > calendar.count_upto(date.fromordinal(day.toordinal() - 1))
        if not is_working:
            lines.append(CountedDay(day, None, calendar.why(day)))
        elif any(first < day <= last for first, last in due.excluded):
            lines.append(CountedDay(day, None, "征求意见期间，不计入"))
        else:
            number += 1
            lines.append(CountedDay(day, number, calendar.why(day)))
    return tuple(lines)
