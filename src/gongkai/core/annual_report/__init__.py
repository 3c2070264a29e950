"""The statutory annual report on government information disclosure (政府信息公开工作年度报告).

``form`` holds the editions as data, ``report`` one report's values, ``identities`` the 勾稽关系,
``grid`` the printed layout of the tables.
"""

from gongkai.core.annual_report.form import (
    FORMS,
    NARRATIVE_SECTIONS,
    SECTION_TITLES,
    CellKey,
    Edition,
    Form,
    Kind,
    NoFormForYear,
    TableId,
    UnknownCell,
    form_for_year,
    result_leaves,
)
from gongkai.core.annual_report.grid import Grid, GridCell, grid
from gongkai.core.annual_report.identities import Finding, Severity, check, check_years, errors
from gongkai.core.annual_report.report import (
    InvalidCell,
    Report,
    Value,
    from_json_tables,
    number_text,
    to_json_tables,
    zero_report,
)

__all__ = [
    "FORMS",
    "NARRATIVE_SECTIONS",
    "SECTION_TITLES",
    "CellKey",
    "Edition",
    "Finding",
    "Form",
    "Grid",
    "GridCell",
    "InvalidCell",
    "Kind",
    "NoFormForYear",
    "Report",
    "Severity",
    "TableId",
    "UnknownCell",
    "Value",
    "check",
    "check_years",
    "errors",
    "form_for_year",
    "from_json_tables",
    "grid",
    "number_text",
    "result_leaves",
    "to_json_tables",
    "zero_report",
]
