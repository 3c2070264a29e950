"""Read an annual report in whatever layout an office published it: txt, html, docx, xlsx, pdf, json.

``read_report`` takes a path, ``read_bytes`` the content; both give a ``ReadResult`` or raise one of
``gongkai.reportfiles.errors``. Nothing that could be misread is given as read: it is None with a finding.
"""

from gongkai.reportfiles.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    NotAReport,
    NotFound,
    ScannedPDF,
    TooLarge,
    TwoReports,
    TwoYears,
    UnreadableReport,
    WrongType,
)
from gongkai.reportfiles.reading.reader import read_bytes, read_report
from gongkai.reportfiles.reading.result import (
    ReadResult,
    Source,
    StructureFinding,
    TableConfidence,
    to_json,
)

__all__ = [
    "Damaged",
    "EmptyFile",
    "Encrypted",
    "NotAReport",
    "NotFound",
    "ReadResult",
    "ScannedPDF",
    "Source",
    "StructureFinding",
    "TableConfidence",
    "TooLarge",
    "TwoReports",
    "TwoYears",
    "UnreadableReport",
    "WrongType",
    "read_bytes",
    "read_report",
    "to_json",
]
