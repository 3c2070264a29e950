"""Letters say what the law demands, for every outcome, in any wording an office may choose."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.core.disclosure.letters.facts_for_tests import BODIES, FULL

from gongkai.core.annual_report import Edition
from gongkai.core.annual_report.form import FORMS
from gongkai.core.disclosure.decisions import BY_CODE, DECISIONS, REFUSAL_ROWS
from gongkai.core.disclosure.letters import (
    FACTS,
    LETTERS,
    FactsMissing,
    LetterText,
    Origin,
    RemedyBodies,
    TemplateFaulty,
    compose,
    letter_for,
    template_faults,
)

DAY = date(2026, 3, 30)
GOLDEN = Path(__file__).parents[4] / "golden" / "letters"
RESULT_ROWS = {row.key for row in FORMS[Edition.E2021].table3_rows}


def letter(kind=LETTERS[18], facts=FULL, **more):
    return compose(kind, facts, **{"dated": DAY, "bodies": BODIES, **more})


def as_text(text):
    rows = "".join(f"[{label}] {value}\n" for label, value in text.rows)
    lines = [text.organ, text.title, text.document_number, f"{text.recipient}：" if text.recipient else ""]
    body = "".join(f"    {paragraph}\n" for paragraph in text.paragraphs)
    return "\n".join(line for line in lines if line) + f"\n{rows}{body}    {text.organ} {text.dated}\n"


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.code)
def test_article_remedy_and_row_of_a_letter_are_those_of_its_decision(decision):
    text = letter(letter_for(decision), decision=decision)
    assert (text.article, text.row) == (decision.article, decision.row)
    assert text.row in RESULT_ROWS
    body = "".join(text.paragraphs)
    if decision.article.startswith("第"):
        assert decision.article.split("、")[0] in body
    if decision.code == "X-WITHDRAW":
        assert "行政复议" not in body
        return
    assert "60日内向示例县人民政府申请行政复议" in body
    if decision.row in REFUSAL_ROWS:
        assert "应当先" in body
        assert "15日内" in body
        assert "6个月" not in body
    elif decision.code != "D-37":
        assert "应当先" not in body
        assert "6个月内向示例县人民法院提起行政诉讼" in body


@pytest.mark.parametrize(("refuses", "first"), [(True, True), (False, False)])
def test_a_partial_reply_demands_reconsideration_first_only_for_a_part_under_14_to_16(refuses, first):
    body = "".join(letter(LETTERS[15], decision=BY_CODE["D-37"], refuses_under_14_to_16=refuses).paragraphs)
    assert ("应当先" in body) is first
    assert "6个月" in body


def test_a_refusal_before_2024_gives_the_choice_that_was_law_then():
    text = letter(LETTERS[16], decision=BY_CODE["D-16-1"], dated=date(2023, 12, 31))
    assert text.remedy == "choice"


@pytest.mark.parametrize("number", LETTERS)
def test_a_letter_is_as_kept(number):
    kind = LETTERS[number]
    decision = next((d for d in DECISIONS if d.letter == number), None)
    written = as_text(
        letter(kind, decision=decision, document_number="" if kind.is_form else "示园公复〔2026〕1号")
    )
    path = GOLDEN / f"{number:02d}.txt"
    if os.environ.get("GONGKAI_UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8", newline="")
    assert written == path.read_text(encoding="utf-8")
    assert "{" not in written


@pytest.mark.parametrize("kind", LETTERS.values(), ids=lambda k: str(k.number))
def test_the_wording_that_ships_has_no_faults(kind):
    assert template_faults(kind, kind.title, kind.default_body) == []


@pytest.mark.parametrize(
    ("number", "name"),
    [(kind.number, name) for kind in LETTERS.values() for name in kind.required],
)
def test_no_obligatory_placeholder_can_be_taken_out(number, name):
    kind = LETTERS[number]
    body = kind.default_body.replace(f"{{{name}}}", "")
    assert any(f"{{{name}}}" in fault for fault in template_faults(kind, kind.title, body))
    with pytest.raises(TemplateFaulty):
        letter(kind, wording=(kind.title, body))


@pytest.mark.parametrize("kind", LETTERS.values(), ids=lambda k: str(k.number))
def test_every_missing_fact_is_named(kind):
    needed = {name for name in kind.required if FACTS[name].origin is not Origin.RULES}
    with pytest.raises(FactsMissing) as caught:
        letter(kind, {})
    assert needed <= set(caught.value.names)


def test_a_letter_without_a_configured_court_is_not_made():
    with pytest.raises(FactsMissing, match="管辖法院"):
        letter(bodies=RemedyBodies("示例县人民政府", " "))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda body: body + "\n{法人}", "不是可用的填充项"),
        (lambda body: body + "\n{公开途径}", "这种文书没有"),
        (lambda body: body + "\n{收到日期", "花括号不成对"),
        (lambda body: body.replace("{救济告知}", "救济：{救济告知}"), "单独成一段"),
        (lambda body: "", "正文不能为空"),
        (lambda body: body + "字" * 9000, "最多 8000"),
    ],
)
def test_a_faulty_wording_is_told_what_and_where(change, said):
    kind = LETTERS[18]
    assert any(said in fault for fault in template_faults(kind, kind.title, change(kind.default_body)))


def test_lines_of_a_reason_become_paragraphs_and_inside_a_sentence_they_are_joined():
    facts = {**FULL, "检索情况": "查了办公室。\n\n查了档案室。", "申请内容": "甲合同\n乙合同"}
    text = letter(facts=facts)
    assert "查了办公室。" in text.paragraphs
    assert "查了档案室。" in text.paragraphs
    assert "“甲合同；乙合同”" in text.paragraphs[0]


@given(st.text("{}救济告知法律依据申请人 a", max_size=40))
def test_braces_in_what_an_applicant_wrote_are_printed_and_not_filled(content):
    wanted = "；".join(part.strip() for part in content.splitlines() if part.strip())
    text = letter(facts={**FULL, "申请内容": f"甲{content}"})
    assert f"“甲{wanted}”" in text.paragraphs[0] or wanted.strip() in text.paragraphs[0]


@pytest.mark.parametrize("kind", LETTERS.values(), ids=lambda k: str(k.number))
def test_a_letter_comes_back_from_json(kind):
    text = replace(letter(kind), attachments=("合同.pdf",))
    assert LetterText.from_json(text.to_json()) == text
