"""A report's life: draft, review, freeze, publish, correct."""

from datetime import date

import pytest

from gongkai.agencies.access import AccessDenied
from gongkai.audit.chain import sm3
from gongkai.audit.models import Event
from gongkai.core.annual_report import NoFormForYear
from gongkai.reporting import services
from gongkai.reporting.compiling import compiled
from gongkai.reporting.errors import (
    AlreadyExists,
    EditConflict,
    NotReady,
    ReportingError,
    SamePerson,
    WrongState,
)
from gongkai.reporting.models import AnnualReport, ApplicationRecord, WorkRecord
from gongkai.reporting.review import override_key, review

State = AnnualReport.State


def start(office, year=2023):
    report = services.start_report(organ=office.organ, year=year, actor=office.clerk)
    return services.save_text(
        report_id=report.pk, actor=office.clerk, texts={"problems": "公开不够及时，将改进。"}, edit_mark=0
    )


def frozen(office, year=2023):
    report = start(office, year)
    services.submit_report(report_id=report.pk, actor=office.clerk)
    return services.freeze_report(report_id=report.pk, actor=office.head)


def published(office, year=2023):
    report = frozen(office, year)
    return services.publish_report(report_id=report.pk, actor=office.clerk)


def application(office, number="1", received=date(2023, 3, 1)):
    return ApplicationRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        number=number,
        applicant_kind="natural",
        received_on=received,
    )


def test_the_whole_life_leaves_figures_files_and_events(office):
    report = published(office)

    assert report.state == State.PUBLISHED
    assert report.figures.count() == 200 + 10
    assert {file.format for file in report.files.all()} == {"html", "docx", "pdf", "xlsx", "json", "txt"}
    for file in report.files.all():
        with file.file.open("rb") as stored:
            assert sm3(stored.read()) == file.digest
    actions = Event.objects.filter(subject_id=str(report.pk)).values_list("action", flat=True)
    assert list(actions) == [
        "report.started",
        "report.saved",
        "report.submitted",
        "report.frozen",
        "report.published",
    ]


def test_a_year_has_one_report(office):
    start(office)

    with pytest.raises(AlreadyExists):
        services.start_report(organ=office.organ, year=2023, actor=office.clerk)


def test_a_year_without_a_form_is_refused(office):
    with pytest.raises(NoFormForYear):
        services.start_report(organ=office.organ, year=2018, actor=office.clerk)


def test_only_the_disclosure_office_writes(office):
    for person in (office.officer, office.stranger):
        with pytest.raises(AccessDenied):
            services.start_report(organ=office.organ, year=2023, actor=person)


def test_missing_text_keeps_a_draft_from_review(office):
    report = services.start_report(organ=office.organ, year=2023, actor=office.clerk)

    with pytest.raises(NotReady, match="存在的主要问题"):
        services.submit_report(report_id=report.pk, actor=office.clerk)


def test_nobody_approves_their_own_report(office):
    """Decision 5: reviewers differ."""
    report = services.start_report(organ=office.organ, year=2023, actor=office.head)
    services.save_text(report_id=report.pk, actor=office.head, texts={"problems": "无。"}, edit_mark=0)
    services.submit_report(report_id=report.pk, actor=office.head)

    with pytest.raises(SamePerson):
        services.freeze_report(report_id=report.pk, actor=office.head)


def test_a_clerk_cannot_approve(office):
    report = start(office)
    services.submit_report(report_id=report.pk, actor=office.clerk)

    with pytest.raises(AccessDenied):
        services.freeze_report(report_id=report.pk, actor=office.clerk)


_STEPS = {
    "save": lambda o, r: services.save_text(
        report_id=r.pk, actor=o.clerk, texts={"problems": "改"}, edit_mark=r.edit_mark
    ),
    "redraft": lambda o, r: services.redraft(report_id=r.pk, actor=o.clerk),
    "submit": lambda o, r: services.submit_report(report_id=r.pk, actor=o.clerk),
    "return": lambda o, r: services.return_report(report_id=r.pk, actor=o.head, reason="补充"),
    "freeze": lambda o, r: services.freeze_report(report_id=r.pk, actor=o.head),
    "publish": lambda o, r: services.publish_report(report_id=r.pk, actor=o.clerk),
    "correct": lambda o, r: services.correct_report(report_id=r.pk, actor=o.head, reason="数字有误"),
}
_ALLOWED = {
    "draft": {"save", "redraft", "submit"},
    "in_review": {"return", "freeze"},
    "frozen": {"publish"},
    "published": {"correct"},
    "superseded": set(),
}


@pytest.mark.parametrize("state", _ALLOWED)
@pytest.mark.parametrize("step", _STEPS)
def test_each_step_is_possible_in_exactly_its_states(office, state, step):
    """The full matrix state × step."""
    report = start(office)
    if state in {"frozen", "published", "superseded"}:
        services.submit_report(report_id=report.pk, actor=office.clerk)
        services.freeze_report(report_id=report.pk, actor=office.head)
    AnnualReport.objects.filter(pk=report.pk).update(state=state, submitted_by=office.clerk)
    report.refresh_from_db()

    if step in _ALLOWED[state]:
        assert _STEPS[step](office, report).pk
    else:
        with pytest.raises(WrongState):
            _STEPS[step](office, report)


def test_a_second_editor_is_told_and_nothing_is_overwritten(office):
    report = start(office)
    services.save_text(
        report_id=report.pk, actor=office.head, texts={"problems": "负责人改的"}, edit_mark=report.edit_mark
    )

    with pytest.raises(EditConflict, match="存在的主要问题"):
        services.save_text(
            report_id=report.pk,
            actor=office.clerk,
            texts={"problems": "经办人改的"},
            edit_mark=report.edit_mark,
        )

    report.refresh_from_db()
    assert report.problems == "负责人改的"


def test_a_returned_report_needs_a_reason_and_keeps_it(office):
    report = start(office)
    services.submit_report(report_id=report.pk, actor=office.clerk)

    with pytest.raises(ReportingError, match="退回理由"):
        services.return_report(report_id=report.pk, actor=office.head, reason=" ")
    back = services.return_report(report_id=report.pk, actor=office.head, reason="补充解读情况")

    assert (back.state, back.returned_reason) == (State.DRAFT, "补充解读情况")


def test_text_that_contradicts_the_ledger_blocks(office):
    WorkRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="hire",
        title="招聘会",
        occurred_on=date(2023, 3, 1),
        count=412,
    )
    report = start(office)
    services.save_text(
        report_id=report.pk,
        actor=office.clerk,
        texts={"other_matters": "为企业招聘员工500余人。"},
        edit_mark=report.edit_mark,
    )

    with pytest.raises(NotReady, match="412"):
        services.submit_report(report_id=report.pk, actor=office.clerk)


def test_frozen_figures_do_not_follow_later_records_and_the_change_is_noticed(office):
    application(office)
    report = frozen(office)
    application(office, "2")

    assert compiled(report).value("table3.r1.total") == 1
    changed = {str(key) for key in services.records_changed_since_freezing(report)}
    assert "table3.r1.natural" in changed
    assert "table3.r2.natural" not in changed


def test_carry_over_is_checked_against_the_published_year_before_and_can_be_explained(office):
    """T3-4: error, with written override."""
    published(office, 2022)
    application(office, "late", date(2022, 12, 20))
    report = start(office, 2023)
    finding = next(f for f in review(report).findings if f.rule == "T3-4" and f.cell.col == "natural")

    with pytest.raises(NotReady):
        services.submit_report(report_id=report.pk, actor=office.clerk)
    for f in review(report).findings:
        if f.rule == "T3-4":
            services.explain_finding(
                report_id=report.pk, actor=office.clerk, key=override_key(f), explanation="上年漏登一件"
            )
    sent = services.submit_report(report_id=report.pk, actor=office.clerk)

    assert (finding.expected, finding.printed) == (0, 1)
    assert sent.state == State.IN_REVIEW


def test_a_correction_is_a_new_version_with_its_differences(office):
    first = published(office)
    application(office)
    second = services.correct_report(report_id=first.pk, actor=office.clerk, reason="漏登申请一件")
    services.redraft(report_id=second.pk, actor=office.clerk)
    services.submit_report(report_id=second.pk, actor=office.clerk)
    services.freeze_report(report_id=second.pk, actor=office.head)
    services.publish_report(report_id=second.pk, actor=office.clerk)

    first.refresh_from_db()
    second.refresh_from_db()
    changed = {(d.key, d.before, d.after) for d in second.differences.all()}
    assert (first.state, second.state, second.version) == (State.SUPERSEDED, State.PUBLISHED, 2)
    assert ("table3.r1.natural", "0", "1") in changed
    assert compiled(first).value("table3.r1.natural") == 0


def test_a_correction_that_changes_nothing_is_refused(office):
    first = published(office)
    second = services.correct_report(report_id=first.pk, actor=office.clerk, reason="看错了")
    services.submit_report(report_id=second.pk, actor=office.clerk)

    with pytest.raises(NotReady, match="没有任何差别"):
        services.freeze_report(report_id=second.pk, actor=office.head)
