"""Acts on ledgers and reports."""

from gongkai.reporting.services.collecting import collect_report
from gongkai.reporting.services.ledger_records import (
    ImportOutcome,
    enter_record,
    import_ledger,
    withdraw_record,
)
from gongkai.reporting.services.reports import (
    correct_report,
    explain_finding,
    freeze_report,
    publish_report,
    records_changed_since_freezing,
    redraft,
    return_report,
    save_text,
    start_report,
    submit_report,
)

__all__ = [
    "ImportOutcome",
    "collect_report",
    "correct_report",
    "enter_record",
    "explain_finding",
    "freeze_report",
    "import_ledger",
    "publish_report",
    "records_changed_since_freezing",
    "redraft",
    "return_report",
    "save_text",
    "start_report",
    "submit_report",
    "withdraw_record",
]
