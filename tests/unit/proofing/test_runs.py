"""Runs and decisions: what makes a new run, and how long a decision holds."""

import pytest
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.proofreading import Severity
from gongkai.proofing import services
from gongkai.proofing.errors import ProofRefused
from gongkai.proofing.models import ProofDecision, ProofedFile, ProofRun
from gongkai.proofing.parts import FilePart, Given, PageText, TextPart
from gongkai.proofing.selectors import outcome_of

pytestmark = pytest.mark.django_db
ID = factories.resident_id(7)
LEAK = f"联系人张某的公民身份证号{ID}，请核对。"


@pytest.fixture
def organ():
    return factories.organ()


def page(*texts, digest="d1", **given):
    parts = tuple(TextPart(f"part{number}", "正文", text) for number, text in enumerate(texts))
    return PageText(
        "item",
        "1",
        "停水公告",
        digest,
        (TextPart("title", "标题", "停水公告", is_title=True), *parts),
        **given,
    )


def findings(run, rule=""):
    return [finding for finding in run.findings.all() if finding.rule.startswith(rule)]


def test_a_leaked_number_is_serious_and_named_with_its_middle_left_out(organ):
    run = services.proof(page(LEAK), organ=organ)
    outcome = outcome_of(run)

    assert [each.finding.quote for each in outcome.open_serious] == [ID]
    assert "正文" in outcome.obstacle
    assert ID not in outcome.obstacle


def test_offsets_count_in_the_part_that_holds_the_place(organ):
    text = "第一句没有问题。\n" + LEAK
    found = findings(services.proof(page("开头一段。", text), organ=organ), "PI-")[0]

    assert (found.part, text[found.start : found.end], found.label) == ("part1", ID, "正文第 2 段")


def test_the_same_content_by_the_same_rules_is_not_read_again(organ):
    first = services.proof(page(LEAK), organ=organ)

    assert services.proof(page(LEAK), organ=organ) == first
    assert services.proof(page(LEAK, digest="d2"), organ=organ).digest == "d2"
    assert ProofRun.objects.count() == 1  # the first only followed somebody's typing


def test_a_reviewed_version_and_the_draft_after_it_keep_a_run_each(organ):
    reviewed = services.proof(page(LEAK), organ=organ, keep=True)
    draft = services.proof(page(LEAK, digest="d2"), organ=organ)

    assert services.proof(page(LEAK), organ=organ) == reviewed
    assert services.proof(page(LEAK, digest="d2"), organ=organ) == draft


def test_a_new_entry_of_the_style_book_makes_a_new_run(organ):
    text = "由园区管委负责。"
    first = services.proof(page(text), organ=organ, keep=True)
    services.add_entry(
        organ=organ,
        actor=factories.reviewer(organ, Role.PROOFREADER),
        values={
            "kind": "wording", "wrong": "园区管委", "right": "园区管委会", "severity": "serious", "reason": "机关简称",
            "must_find": text, "must_not_find": "由管委会负责。", "in_force_from": timezone.localdate(),
        },
    )  # fmt: skip

    second = services.proof(page(text), organ=organ)
    assert (first.findings.count(), [each.quote for each in findings(second, "ST-BOOK")]) == (0, ["园区管委"])
    assert ProofRun.objects.count() == 2


def test_a_decision_holds_while_rule_quote_and_neighbours_stay(organ):
    """A finding's identity survives an edit elsewhere and not one beside it."""
    reviewer = factories.reviewer(organ, Role.CONFIDENTIALITY_REVIEWER)
    run = services.proof(page(LEAK), organ=organ)
    services.waive(
        finding=findings(run, "PI-")[0], actor=reviewer, organ=organ, reason="示例号码，并无此人", authors=()
    )

    elsewhere = services.proof(page("新加的一段。", LEAK, digest="d2"), organ=organ)
    assert outcome_of(elsewhere).obstacle == ""
    changed = services.proof(page(LEAK.replace("身份证号", "身份证号码为"), digest="d3"), organ=organ)
    assert len(outcome_of(changed).open_serious) == 1
    assert ProofRun.objects.filter(is_kept=True).get() == run


def test_a_serious_finding_is_waived_by_a_reviewer_who_is_no_author(organ):
    editor, reader = factories.editor(organ), factories.reviewer(organ, Role.PROOFREADER)
    both = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FINAL_REVIEWER)
    finding = findings(services.proof(page(LEAK), organ=organ), "PI-")[0]
    given = {"finding": finding, "organ": organ, "reason": "示例号码，并无此人"}

    with pytest.raises(ProofRefused, match="不能自行忽略"):
        services.ignore(actor=editor, **given)
    with pytest.raises(AccessDenied):
        services.waive(actor=editor, authors=(), **given)
    with pytest.raises(AccessDenied):  # a leak is no matter of wording
        services.waive(actor=reader, authors=(), **given)
    with pytest.raises(ProofRefused, match="您写过"):
        services.waive(actor=both, authors={both.pk}, **given)
    with pytest.raises(ProofRefused, match="理由"):
        services.waive(actor=both, authors=(), **{**given, "reason": "好"})
    services.waive(actor=both, authors=(), **given)
    assert outcome_of(finding.run).obstacle == ""
    services.reopen(finding=finding, actor=editor, organ=organ)
    assert outcome_of(finding.run).obstacle != ""
    assert [row.act for row in ProofDecision.objects.all()] == ["waived", "reopened"]


def test_an_ignored_finding_that_weighs_more_later_is_open_again(organ):
    dead = Given("part0", "正文", "LK-01", "办事指南", "链接打不开", "改正", Severity.ERROR)
    run = services.proof(page("详见办事指南。", given=(dead,)), organ=organ)
    finding = findings(run, "LK-")[0]
    services.ignore(finding=finding, actor=factories.editor(organ), organ=organ, reason="下周补上")
    assert not any(each.finding.rule == "LK-01" for each in outcome_of(run).open)

    heavier = Given("part0", "正文", "LK-01", "办事指南", "链接打不开", "改正", Severity.SERIOUS)
    run = services.proof(page("详见办事指南。", digest="d2", given=(heavier,)), organ=organ)
    assert [each.finding.rule for each in outcome_of(run).open_serious] == ["LK-01"]


def file_part(name, content, **given):
    loads = []

    def load():
        loads.append(name)
        return content

    return FilePart("file:1", "附件“名单”", name, given.get("file_hash", "h1"), len(content), load), loads


def test_a_file_is_read_once_for_its_bytes(organ):
    part, loads = file_part("mingdan.txt", LEAK.encode())
    run = services.proof(page("见附件。", files=(part,)), organ=organ, keep=True)
    again = services.proof(page("详见附件。", digest="d2", files=(part,)), organ=organ)

    assert loads == ["mingdan.txt"]
    for each in (run, again):
        assert [found.quote for found in findings(each, "PI-")] == [ID]
    assert findings(again, "PI-")[0].label.startswith("附件“名单”")
    assert ProofedFile.objects.count() == 1


def test_a_large_file_waits_for_the_act_that_needs_it(organ):
    part, loads = file_part("mingdan.txt", LEAK.encode() + b" " * 3_000_000)
    saved = services.proof(page("见附件。", files=(part,)), organ=organ, at_save=True)
    assert (findings(saved, "PI-"), loads) == ([], [])

    kept = services.proof(page("见附件。", files=(part,)), organ=organ, keep=True)
    assert len(findings(kept, "PI-")) == 1


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a.txt"])
def test_a_file_that_cannot_be_read_is_named(organ, name):
    part, _ = file_part(name, b"")
    run = services.proof(page("见附件。", files=(part,)), organ=organ)

    assert [(each.rule, each.is_serious) for each in findings(run, "FILE")] == [("FILE-00", False)]
