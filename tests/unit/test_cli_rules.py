"""The rules on the command line: answers, refusals, exit status."""

import json

import pytest
from typer.testing import CliRunner

from gongkai.cli import app

EXAMPLE = {
    "region": "CN",
    "entries": [
        {"kind": "received", "on": "2026-03-02", "channel": "counter"},
        {"kind": "consultation_sent", "on": "2026-03-06", "id": "a"},
        {"kind": "consultation_answered", "on": "2026-03-25", "id": "a"},
    ],
}


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def ledger(tmp_path):
    def write(data):
        path = tmp_path / "台账.json"
        path.write_text(
            data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8"
        )
        return path

    return write


def test_the_issues_example(ledger):
    done = run("clock", "due", "--ledger", ledger(EXAMPLE), "--json", "--today", "2026-04-18")
    found = json.loads(done.stdout)

    assert done.exit_code == 0
    assert (found["due"], found["provisional"], found["overdue"]) == ("2026-04-17", False, True)
    assert len(found["steps"]) == 3


def test_the_derivation_is_shown_day_by_day(ledger):
    done = run("clock", "due", "--ledger", ledger(EXAMPLE), "--days")

    assert "2026-04-17  第 20 个工作日" in done.stdout
    assert "清明节放假" in done.stdout
    assert "征求意见期间，不计入" in done.stdout


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("not json", "不是有效的 JSON"),
        ([], "entries"),
        ({"entries": []}, "空的"),
        ({"entries": [{"kind": "bought", "on": "2026-03-02"}]}, "第 1 项的 kind"),
        ({"entries": [{"kind": "received", "on": "2026-03-02", "channel": "pigeon"}]}, "channel"),
        ({"entries": [{"kind": "received", "on": "yesterday", "channel": "counter"}]}, "第 1 项的 on"),
        (
            {
                **EXAMPLE,
                "entries": [
                    *EXAMPLE["entries"],
                    {"kind": "extended", "on": "2026-03-26", "working_days": 21},
                ],
            },
            "第 4 项",
        ),
        ({**EXAMPLE, "region": "CN-XX"}, "没有地区 CN-XX"),
        ({"entries": [{"kind": "received", "on": "1999-03-02", "channel": "counter"}]}, "1999"),
    ],
)
def test_a_ledger_that_cannot_be_is_refused_with_the_entry_and_status_2(ledger, data, said):
    done = run("clock", "due", "--ledger", ledger(data), "--json")

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_missing_ledger_is_one_line(tmp_path):
    done = run("clock", "due", "--ledger", tmp_path / "没有.json")

    assert done.exit_code == 2
    assert "打不开" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("fee", "items", 45), "5500"),
        (("fee", "pages", 350), "8700"),
        (("calendar", "workday", "2026-02-10", 20), "2026-03-16"),
    ],
)
def test_answers_are_bare_numbers_and_days(arguments, answer):
    assert run(*arguments).stdout.strip() == answer


@pytest.mark.parametrize(
    "arguments",
    [
        ("fee", "items", 100_000_000),
        ("calendar", "workday", "2026-12-21", 20),
        ("calendar", "workday", "soon", 20),
        ("calendar", "show", 1999),
        ("calendar", "import", "nosuch.toml"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.django_db
def test_a_new_notice_is_imported_and_used(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_DATA_DIR", str(tmp_path))
    file = tmp_path / "2027.toml"
    file.write_text(
        'year = 2027\nregion = "CN"\nnotice = "试验通知"\nclosed = [["2027-01-01", "2027-01-03", "元旦"]]\n',
        encoding="utf-8",
    )
    before = run("calendar", "workday", "2026-12-21", 20)
    imported = run("calendar", "import", file)
    after = run("calendar", "workday", "2026-12-21", 20)

    assert (before.exit_code, imported.exit_code) == (2, 0)
    assert after.stdout.strip() == "2027-01-19"
    assert "试验通知" in run("calendar", "show", 2027).stdout
    assert "2027" in run("calendar", "list").stdout
