"""Taking in a unit's report as a file (收集下级年报)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.annual_report import check, to_json_tables
from gongkai.reportfiles.reading import UnreadableReport, read_report
from gongkai.reporting import access
from gongkai.reporting.errors import RefusedUpload
from gongkai.reporting.models import CollectedReport


@transaction.atomic
def collect_report(
    *, superior: Organ, unit: Organ, year: int, actor: User, file_name: str, content: bytes
) -> CollectedReport:
    """Read a unit's file, check it and keep it; an earlier one for the year is replaced, not erased.

    Raises:
        RefusedUpload: the file cannot be read as a report, is of another year, or has cells that are no figures.
    """
    access.require(actor, "收集下级年报", superior)
    if not unit.path.startswith(superior.path):
        raise RefusedUpload(f"{unit.name}不是{superior.name}的下级单位。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file_name).name
        path.write_bytes(content)
        try:
            result = read_report(path)
        except UnreadableReport as error:
            raise RefusedUpload(str(error)) from error
    if result.report.year != year:
        raise RefusedUpload(
            f"这份文件是 {result.report.year or '未写明年份'} 的报告，不是 {year} 年，请核对后重新选择。"
        )
    if result.invalid_cells:
        first = result.invalid_cells[0]
        raise RefusedUpload(
            f"有 {len(result.invalid_cells)} 个单元格不是有效数字，例如"
            f"{result.report.form.describe(first.cell)}写的是“{first.text}”，请该单位改正后重新报送。"
        )
    now = timezone.now()
    CollectedReport.objects.filter(unit=unit, year=year, replaced_at=None).update(replaced_at=now)
    collected = CollectedReport(
        unit=unit,
        year=year,
        file_name=file_name[:200],
        digest=sm3(content),
        tables=to_json_tables(result.report),
        edition=result.report.edition.value,
        findings=[finding.message for finding in check(result.report)] + list(result.warnings),
        collected_by=actor,
    )
    collected.file.save(file_name, ContentFile(content), save=False)
    collected.save()
    record_event(
        "report.collected", collected, actor=actor, organ_code=unit.code, year=year, digest=collected.digest
    )
    return collected
