"""The clock ledger: vectors of the law, impossible ledgers, and a slow reference walked day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.calendars import WorkingCalendar, published_notices
from gongkai.core.disclosure.clock import (
    CONFIRMED_CHANNELS,
    Channel,
    Entry,
    Kind,
    LedgerImpossible,
    State,
    explain,
    reply_due,
)

CALENDAR = WorkingCalendar(published_notices())
K = Kind


def day(text):
    return date.fromisoformat(f"2026-{text}")


def received(text, channel=Channel.COUNTER, confirmed=None):
    return Entry(K.RECEIVED, day(text), channel=channel, confirmed_on=day(confirmed) if confirmed else None)


def due(*entries, as_of=None):
    return reply_due(entries, CALENDAR, as_of=as_of)


def test_twenty_working_days_from_the_day_after_receipt():
    assert due(received("03-02")).due == day("03-30")


def test_make_up_weekends_count():
    """§4.2: a calendar without make-up days wrongly gives 18 March."""
    assert due(received("02-10")).due == day("03-16")


@pytest.mark.parametrize("channel", sorted(CONFIRMED_CHANNELS))
def test_web_fax_mail_and_plain_letters_start_at_the_confirmation(channel):
    """Art. 31; the e-mail rule of 207号 is overridden."""
    assert due(received("02-27", channel)).state is State.NOT_STARTED
    assert due(received("02-27", channel)).due is None
    assert due(received("02-27", channel, "03-02")).due == day("03-30")


@pytest.mark.parametrize("channel", [Channel.COUNTER, Channel.SIGNED_MAIL])
def test_counter_and_signed_mail_start_on_their_day(channel):
    assert due(received("10-01", channel)).due == day("11-03")


def test_the_time_of_a_consultation_is_excluded():
    """§4.2: received 2 March, letter 6 March, opinion 25 March: due 17 April."""
    found = due(
        received("03-02"),
        Entry(K.CONSULTATION_SENT, day("03-06"), id="a"),
        Entry(K.CONSULTATION_ANSWERED, day("03-25"), id="a"),
    )

    assert (found.due, found.provisional) == (day("04-17"), False)


def test_parallel_letters_are_excluded_once():
    one = due(
        received("03-02"),
        Entry(K.CONSULTATION_SENT, day("03-06"), id="a"),
        Entry(K.CONSULTATION_ANSWERED, day("03-25"), id="a"),
    )
    two = due(
        received("03-02"),
        Entry(K.CONSULTATION_SENT, day("03-06"), id="a"),
        Entry(K.CONSULTATION_SENT, day("03-10"), id="b"),
        Entry(K.CONSULTATION_ANSWERED, day("03-20"), id="b"),
        Entry(K.CONSULTATION_ANSWERED, day("03-25"), id="a"),
    )

    assert two.due == one.due


def test_an_open_consultation_makes_the_answer_provisional():
    found = due(received("03-02"), Entry(K.CONSULTATION_SENT, day("03-06"), id="a"), as_of=day("03-25"))

    assert (found.due, found.provisional, found.state) == (day("04-17"), True, State.SUSPENDED)


def test_a_correction_restarts_and_does_not_pause():
    waiting = due(received("03-02"), Entry(K.CORRECTION_NOTIFIED, day("03-06")))
    corrected = due(
        received("03-02"), Entry(K.CORRECTION_NOTIFIED, day("03-06")), Entry(K.CORRECTED, day("03-20"))
    )

    assert (waiting.due, waiting.state) == (None, State.AWAITING_CORRECTION)
    assert corrected.due == CALENDAR.nth_working_day_after(day("03-20"), 20)


@pytest.mark.parametrize(("on", "warned"), [("03-11", False), ("03-12", True)])
def test_a_correction_notice_after_the_7th_working_day_is_recorded_with_a_warning(on, warned):
    assert bool(due(received("03-02"), Entry(K.CORRECTION_NOTIFIED, day(on))).warnings) is warned


def test_payment_restarts_from_the_day_after():
    found = due(received("03-02"), Entry(K.FEE_NOTIFIED, day("03-20")), Entry(K.PAID, day("04-01")))

    assert found.due == CALENDAR.nth_working_day_after(day("04-01"), 20)


def test_an_extension_adds_working_days():
    found = due(received("03-02"), Entry(K.EXTENDED, day("03-30"), working_days=20))

    assert found.due == day("04-28")


def test_a_delay_sets_the_day():
    assert due(received("03-02"), Entry(K.DELAYED, day("03-10"), until=day("06-30"))).due == day("06-30")


@pytest.mark.parametrize(("on", "late"), [("03-30", False), ("03-31", True)])
def test_a_reply_is_late_from_the_day_after_the_due_day(on, late):
    found = due(received("03-02"), Entry(K.REPLIED, day(on)))

    assert found.is_overdue(day("12-01")) is late


@pytest.mark.parametrize(
    ("entries", "number", "said"),
    [
        ([Entry(K.EXTENDED, day("03-02"), working_days=5)], 1, "第一项须是收到申请"),
        ([received("03-02"), Entry(K.EXTENDED, day("03-03"), working_days=21)], 2, "1 至 20"),
        ([received("03-02"), Entry(K.EXTENDED, day("03-03"), working_days=0)], 2, "1 至 20"),
        ([received("03-02"), Entry(K.EXTENDED, day("03-31"), working_days=5)], 2, "届满"),
        (
            [
                received("03-02"),
                Entry(K.EXTENDED, day("03-03"), working_days=5),
                Entry(K.EXTENDED, day("03-04"), working_days=5),
            ],
            3,
            "只能延长一次",
        ),
        (
            [
                received("03-02"),
                Entry(K.CORRECTION_NOTIFIED, day("03-03")),
                Entry(K.CORRECTED, day("03-04")),
                Entry(K.CORRECTION_NOTIFIED, day("03-05")),
            ],
            4,
            "一次性告知",
        ),
        ([received("03-02"), Entry(K.CORRECTED, day("03-04"))], 2, "没有告知补正"),
        ([received("03-02"), Entry(K.CONSULTATION_ANSWERED, day("03-04"), id="a")], 2, "没有发出"),
        ([received("03-02"), Entry(K.PAID, day("03-04"))], 2, "没有发出收费通知"),
        (
            [received("03-02"), Entry(K.FEE_NOTIFIED, day("03-04")), Entry(K.PAID, day("04-30"))],
            3,
            "视为放弃",
        ),
        ([received("03-02"), Entry(K.REPLIED, day("03-01"))], 2, "早于上一项"),
        (
            [received("03-02"), Entry(K.REPLIED, day("03-04")), Entry(K.WITHDRAWN, day("03-05"))],
            3,
            "已经办结",
        ),
        ([received("03-02"), received("03-03")], 2, "只能记录一次"),
        ([received("03-02", Channel.WEB, "03-01")], 1, "早于申请到达"),
        ([received("03-02", Channel.WEB), Entry(K.REPLIED, day("03-04"))], 2, "没有起算"),
        ([received("03-02"), Entry(K.DELAYED, day("03-04"), until=day("03-10"))], 2, "早于现有期限"),
        ([received("03-02"), Entry(K.DELAYED, day("03-04"))], 2, "until"),
    ],
)
def test_an_impossible_ledger_is_refused_with_its_entry(entries, number, said):
    with pytest.raises(LedgerImpossible, match=said) as refused:
        due(*entries)

    assert refused.value.number == number


def slow_due(base, extension, letters):
    """Walk day by day: an independent statement of the same rule."""
    left, current = 20 + extension, base
    while left:
        current += timedelta(days=1)
        if not CALENDAR.is_working_day(current):
            continue
        if any(sent < current <= answered for sent, answered in letters):
            continue
        left -= 1
    return current


@given(st.data())
@settings(max_examples=300)
def test_random_ledgers_agree_with_the_slow_reference(data):
    start = data.draw(st.dates(date(2008, 1, 1), date(2025, 12, 31)))
    entries, base, on = [Entry(K.RECEIVED, start)], start, start
    if data.draw(st.booleans()):
        on += timedelta(days=data.draw(st.integers(0, 9)))
        entries.append(Entry(K.CORRECTION_NOTIFIED, on))
        on += timedelta(days=data.draw(st.integers(0, 20)))
        entries.append(Entry(K.CORRECTED, on))
        base = on
    letters = []
    for number in range(data.draw(st.integers(0, 3))):
        sent = on + timedelta(days=data.draw(st.integers(0, 8)))
        answered = sent + timedelta(days=data.draw(st.integers(0, 30)))
        letters.append((sent, answered, str(number)))
    events = sorted(
        [(sent, 1, Entry(K.CONSULTATION_SENT, sent, id=name)) for sent, _, name in letters]
        + [(answered, 2, Entry(K.CONSULTATION_ANSWERED, answered, id=name)) for _, answered, name in letters],
        key=lambda event: event[:2],
    )
    entries += [entry for _, _, entry in events]
    extension = 0
    last = entries[-1].on
    if data.draw(st.booleans()) and last <= slow_due(base, 0, [letter[:2] for letter in letters]):
        extension = data.draw(st.integers(1, 20))
        entries.append(Entry(K.EXTENDED, last, working_days=extension))

    found = reply_due(entries, CALENDAR)

    assert found.due == slow_due(base, extension, [letter[:2] for letter in letters])
    counted = [line.number for line in explain(found, CALENDAR) if line.number]
    assert counted == list(range(1, 21 + extension))
