"""The clock ledger as JSON, for the command line and for checks by strangers.

Shape: ``{"region": "CN", "entries": [{"kind": "received", "on": "2026-03-02", "channel": "counter"}, …]}``;
``confirmed_on`` with the channels that need it, ``id`` with consultations, ``working_days`` with
``extended``, ``until`` with ``delayed``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.core.disclosure.clock import CONFIRMED_CHANNELS, Channel, Due, Entry, Kind


class LedgerUnreadable(ValueError):
    """The JSON is no ledger; the message is Chinese and names the entry and the field."""


def entries_from_json(data: Any) -> tuple[str, list[Entry]]:
    """Region and entries of a ledger file.

    Raises:
        LedgerUnreadable: a field is missing, unknown or of the wrong kind.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("entries"), list):
        raise LedgerUnreadable("须是含 entries 列表的 JSON 对象。")
    region = data.get("region", "CN")
    if not isinstance(region, str):
        raise LedgerUnreadable("region 须是文字，例如 CN。")
    entries = [_entry(number, item) for number, item in enumerate(data["entries"], start=1)]
    if not entries:
        raise LedgerUnreadable("entries 是空的，至少须有一项收到申请。")
    return region, entries


def _entry(number: int, item: Any) -> Entry:
    if not isinstance(item, Mapping):
        raise LedgerUnreadable(f"第 {number} 项须是 JSON 对象。")
    kind = _choice(number, item, "kind", Kind)
    assert kind is not None
    channel = _choice(number, item, "channel", Channel) if kind is Kind.RECEIVED else None
    if kind is Kind.RECEIVED and channel in CONFIRMED_CHANNELS and "confirmed_on" not in item:
        # Not an error: the application has come, and the clock waits for the confirmation.
        return Entry(kind, _date(number, item, "on"), channel=channel)
    return Entry(
        kind,
        _date(number, item, "on"),
        channel=channel,
        confirmed_on=_date(number, item, "confirmed_on") if "confirmed_on" in item else None,
        id=str(item.get("id", "")),
        working_days=_whole(number, item, "working_days") if kind is Kind.EXTENDED else 0,
        until=_date(number, item, "until") if kind is Kind.DELAYED else None,
    )


def _choice(number: int, item: Mapping[str, Any], name: str, kinds: type[Any]) -> Any:
    raw = item.get(name)
    try:
        return kinds(raw)
    except ValueError:
        options = "、".join(member.value for member in kinds)
        raise LedgerUnreadable(f"第 {number} 项的 {name} 是 {raw!r}，须为以下之一：{options}。") from None


def _date(number: int, item: Mapping[str, Any], name: str) -> date:
    raw = item.get(name)
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else _not_text()
    except ValueError:
        raise LedgerUnreadable(f"第 {number} 项的 {name} 是 {raw!r}，须是 2026-03-02 这样的日期。") from None


def _not_text() -> date:
    raise ValueError


def _whole(number: int, item: Mapping[str, Any], name: str) -> int:
    raw = item.get(name)
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise LedgerUnreadable(f"第 {number} 项的 {name} 是 {raw!r}，须是整数。")
    return raw


def due_to_json(due: Due, today: date) -> dict[str, Any]:
    """``due provisional overdue state steps warnings`` in JSON types; ``due`` is null while the clock stands."""
    return {
        "due": due.due.isoformat() if due.due else None,
        "provisional": due.provisional,
        "overdue": due.is_overdue(today),
        "state": due.state.value,
        "steps": [
            {"on": step.on.isoformat(), "text": step.text, "article": step.article} for step in due.steps
        ],
        "warnings": list(due.warnings),
    }
