"""The life of a report: start, save, submit, return, freeze, publish, correct.

Each act is one transaction, checked by ``access``, recorded by ``audit``. A report that is being changed is
locked first, so the second of two people gets the state the first one left.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.annual_report import CellKey, form_for_year, number_text
from gongkai.reportfiles.writing import FORMATS, DocumentContext, render
from gongkai.reporting import access, drafting, figures
from gongkai.reporting.compiling import Compiled, compiled
from gongkai.reporting.errors import (
    AlreadyExists,
    EditConflict,
    NotReady,
    ReportingError,
    SamePerson,
    WrongState,
)
from gongkai.reporting.models import AnnualReport, FrozenFigure, ReportDifference, ReportFile
from gongkai.reporting.review import SECTION_FIELDS, review

State = AnnualReport.State
TEXT_FIELDS = ("preamble", "overview", "problems", "other_matters")


def _locked(report_id: int, act: str, *states: str) -> AnnualReport:
    report = AnnualReport.objects.select_for_update().select_related("organ").get(pk=report_id)
    if report.state not in states:
        raise WrongState(act, report.get_state_display())
    return report


def _record(action: str, report: AnnualReport, actor: User, **data: object) -> None:
    record_event(action, report, actor=actor, organ_code=report.organ.code, **data)


@transaction.atomic
def start_report(
    *, organ: Organ, year: int, actor: User, scope: str = AnnualReport.Scope.SELF
) -> AnnualReport:
    """Begin an organ's report for a year, its text drafted from the figures.

    Raises:
        NoFormForYear: no form is on file for the year.
        AlreadyExists: the year has a report.
    """
    access.require(actor, "编写年度报告", organ)
    form_for_year(year)
    if AnnualReport.objects.filter(organ=organ, year=year, scope=scope).exists():
        raise AlreadyExists(f"{organ.name}{year}年度报告已经建立，请在列表中打开。")
    report = AnnualReport(organ=organ, year=year, scope=scope, drafted_by=actor)
    text = drafting.draft(compiled(report))
    report.preamble, report.overview, report.other_matters = text.preamble, text.overview, text.other_matters
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        raise AlreadyExists(f"{organ.name}{year}年度报告刚刚由他人建立，请在列表中打开。") from None
    _record("report.started", report, actor, year=year, scope=scope)
    return report


@transaction.atomic
def save_text(*, report_id: int, actor: User, texts: Mapping[str, str], edit_mark: int) -> AnnualReport:
    """Save the narrative parts of a draft.

    Args:
        texts: any of preamble, overview, problems, other_matters.
        edit_mark: the report's mark when the editor opened it.

    Raises:
        EditConflict: somebody else saved since; nothing is written.
    """
    report = _locked(report_id, "修改", State.DRAFT)
    access.require(actor, "编写年度报告", report.organ)
    changed = [name for name in TEXT_FIELDS if name in texts and getattr(report, name) != texts[name]]
    if report.edit_mark != edit_mark and changed:
        raise EditConflict([str(report._meta.get_field(name).verbose_name) for name in changed])
    if not changed:
        return report
    for name in changed:
        setattr(report, name, texts[name])
    report.edit_mark += 1
    report.save(update_fields=[*changed, "edit_mark"])
    _record("report.saved", report, actor, changed=changed)
    return report


@transaction.atomic
def redraft(*, report_id: int, actor: User) -> AnnualReport:
    """Write the drafted parts anew from today's figures; 五 is the clerk's own and stays."""
    report = _locked(report_id, "重新起草", State.DRAFT)
    access.require(actor, "编写年度报告", report.organ)
    text = drafting.draft(compiled(report))
    report.preamble, report.overview, report.other_matters = text.preamble, text.overview, text.other_matters
    report.edit_mark += 1
    report.save(update_fields=["preamble", "overview", "other_matters", "edit_mark"])
    _record("report.redrafted", report, actor)
    return report


@transaction.atomic
def explain_finding(*, report_id: int, actor: User, key: str, explanation: str) -> AnnualReport:
    """Answer a cross-year finding in writing (for instance T3-4 after a merger)."""
    report = _locked(report_id, "说明", State.DRAFT)
    access.require(actor, "编写年度报告", report.organ)
    if not explanation.strip():
        raise ReportingError("请写明理由，例如：机构合并，承接原单位结转申请 2 件。")
    report.overrides = {**report.overrides, key: explanation.strip()}
    report.save(update_fields=["overrides"])
    _record("report.explained", report, actor, finding=key, explanation=explanation)
    return report


@transaction.atomic
def submit_report(*, report_id: int, actor: User) -> AnnualReport:
    """Send a draft for review (送审); every error must be gone or explained."""
    report = _locked(report_id, "送审", State.DRAFT)
    access.require(actor, "报送年度报告审核", report.organ)
    if blocking := review(report).blocking:
        raise NotReady(blocking)
    report.state, report.submitted_by, report.submitted_at = State.IN_REVIEW, actor, timezone.now()
    report.returned_reason = ""
    report.save(update_fields=["state", "submitted_by", "submitted_at", "returned_reason"])
    _record("report.submitted", report, actor)
    return report


@transaction.atomic
def return_report(*, report_id: int, actor: User, reason: str) -> AnnualReport:
    """Give a report back to its drafter with a reason (退回修改)."""
    report = _locked(report_id, "退回", State.IN_REVIEW)
    access.require(actor, "审核年度报告", report.organ)
    if not reason.strip():
        raise ReportingError("请写明退回理由，方便起草人修改。")
    report.state, report.returned_reason = State.DRAFT, reason.strip()
    report.save(update_fields=["state", "returned_reason"])
    _record("report.returned", report, actor, reason=reason)
    return report


@transaction.atomic
def freeze_report(*, report_id: int, actor: User) -> AnnualReport:
    """Approve and freeze (定稿): store figures with digests of their records, make the files.

    Raises:
        SamePerson: the approver drafted or submitted it.
        NotReady: a record changed since it was sent for review and an error came back.
    """
    report = _locked(report_id, "定稿", State.IN_REVIEW)
    access.require(actor, "审核年度报告", report.organ)
    if actor.pk in {report.drafted_by_id, report.submitted_by_id}:
        raise SamePerson
    seen = review(report)
    if seen.blocking:
        raise NotReady(seen.blocking)
    _store_figures(report, seen.compiled)
    _store_files(report, seen.compiled)
    if report.corrects is not None:
        _store_differences(report, seen.compiled)
    report.state, report.approved_by, report.frozen_at = State.FROZEN, actor, timezone.now()
    report.save(update_fields=["state", "approved_by", "frozen_at"])
    _record(
        "report.frozen",
        report,
        actor,
        figures=sm3(
            "\n".join(sorted(f"{f.key}={f.value}:{f.record_digest}" for f in report.figures.all())).encode()
        ),
        files={file.format: file.digest for file in report.files.all()},
        differences=_differences_digest(report),
    )
    return report


def _differences_digest(report: AnnualReport) -> str:
    """SM3 of what a correction changed, so that the log signs the difference itself; "" for a first version."""
    lines = [f"{row.key}\t{row.before}\t{row.after}" for row in report.differences.all()]
    return sm3("\n".join(lines).encode()) if lines else ""


def _store_figures(report: AnnualReport, now: Compiled) -> None:
    keys = [str(cell) for cell in now.report.cells()] + list(now.facts)
    rows = []
    for key in keys:
        if report.scope == AnnualReport.Scope.ROLLUP:
            from gongkai.reporting.rolling_up import unit_digest

            count, digest = unit_digest(report.organ, report.year)
        else:
            count, digest = figures.record_digest(figures.records_of(key, report.organ, report.year))
        value = now.value(key)
        rows.append(
            FrozenFigure(
                report=report,
                key=key,
                value=None if value is None else Decimal(value),
                record_count=count,
                record_digest=digest,
            )
        )
    FrozenFigure.objects.bulk_create(rows)


def _store_files(report: AnnualReport, now: Compiled) -> None:
    context = DocumentContext(title=report.title)
    for fmt in FORMATS:
        content = render(now.report, fmt, context=context)
        stored = ReportFile(report=report, format=fmt, size_bytes=len(content), digest=sm3(content))
        stored.file.save(f"{report.organ.code}-{report.year}-{report.version}.{fmt}", ContentFile(content))


def _store_differences(report: AnnualReport, now: Compiled) -> None:
    old = compiled(report.corrects)
    rows = [
        ReportDifference(
            report=report,
            key=str(cell),
            label=now.report.form.describe(cell),
            before=number_text(old.report[cell]),
            after=number_text(now.report[cell]),
        )
        for cell in now.report.cells()
        if old.report[cell] != now.report[cell]
    ]
    for name in SECTION_FIELDS.values():
        before, after = getattr(report.corrects, name), getattr(report, name)
        if before != after:
            label = str(report._meta.get_field(name).verbose_name)
            rows += [
                ReportDifference(report=report, key=name, label=label, before=a, after=b)
                for a, b in _changed_paragraphs(before, after)
            ]
    if not rows:
        raise NotReady(["与已发布版本没有任何差别，无须更正"])
    ReportDifference.objects.bulk_create(rows)


def _changed_paragraphs(before: str, after: str) -> list[tuple[str, str]]:
    from difflib import SequenceMatcher

    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        ("\n".join(old[a1:a2]), "\n".join(new[b1:b2]))
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
        if tag != "equal"
    ]


@transaction.atomic
def publish_report(*, report_id: int, actor: User) -> AnnualReport:
    """Publish a frozen report; a corrected version takes the place of the one before, which stays readable."""
    report = _locked(report_id, "发布", State.FROZEN)
    access.require(actor, "发布年度报告", report.organ)
    if report.corrects is not None:
        AnnualReport.objects.filter(pk=report.corrects_id).update(state=State.SUPERSEDED)
    report.state, report.published_at = State.PUBLISHED, timezone.now()
    report.save(update_fields=["state", "published_at"])
    _record(
        "report.published", report, actor, files={file.format: file.digest for file in report.files.all()}
    )
    return report


@transaction.atomic
def correct_report(*, report_id: int, actor: User, reason: str) -> AnnualReport:
    """Open a further version of a published report (更正); the published one stays until the new one replaces it."""
    old = _locked(report_id, "更正", State.PUBLISHED)
    access.require(actor, "更正年度报告", old.organ)
    if not reason.strip():
        raise ReportingError("请写明更正理由，发布时会公开。")
    if old.corrections.exists():
        raise AlreadyExists("这份报告的更正版已经建立，请在列表中打开。")
    new = AnnualReport.objects.create(
        organ=old.organ,
        year=old.year,
        scope=old.scope,
        version=old.version + 1,
        corrects=old,
        correction_reason=reason.strip(),
        drafted_by=actor,
        **{name: getattr(old, name) for name in TEXT_FIELDS},
        overrides=old.overrides,
    )
    _record("report.correction_opened", new, actor, corrects=old.pk, reason=reason)
    return new


def records_changed_since_freezing(report: AnnualReport) -> list[CellKey | str]:
    """Figures of a frozen report whose records are no longer those that were counted."""
    if not report.is_fixed or report.scope == AnnualReport.Scope.ROLLUP:
        return []
    changed: list[CellKey | str] = []
    for figure in report.figures.all():
        count, digest = figures.record_digest(figures.records_of(figure.key, report.organ, report.year))
        if (count or figure.record_count) and digest != figure.record_digest:
            changed.append(figure.key if figure.key.startswith("fact.") else figure.cell)
    return changed
