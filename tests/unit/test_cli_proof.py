"""``gongkai proof``: exit codes, JSON on the standard output, copies that never replace the original."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from gongkai.cli import app

run = CliRunner()


def proof(*arguments):
    return run.invoke(app, ["proof", *map(str, arguments)])


def text_file(folder, text, name="a.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clean_file_exits_0(tmp_path):
    result = proof(text_file(tmp_path, "管委会认真落实政务公开工作要点。"))

    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout


def test_a_hint_alone_exits_0_and_an_error_1(tmp_path):
    assert proof(text_file(tmp_path, "其它材料一并提交。")).exit_code == 0
    assert proof(text_file(tmp_path, "抓好工作布署。")).exit_code == 1


def test_json_is_one_list_with_offsets_in_code_points(tmp_path):
    path = text_file(tmp_path, "𠀀字后面：抓好工作布署。")
    result = proof(path, "--json")

    [finding] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {
        key: finding[key] for key in ("file", "start", "end", "text", "suggestion", "rule", "severity")
    } == {
        "file": str(path),
        "start": 9,
        "end": 11,
        "text": "布署",
        "suggestion": "部署",
        "rule": "TY-001",
        "severity": "一般",
    }
    assert finding["message"]


def test_json_of_a_clean_file_is_an_empty_list(tmp_path):
    assert json.loads(proof(text_file(tmp_path, "工作正常开展。"), "--json").stdout) == []


def test_an_unreadable_file_exits_2_and_the_others_are_still_read(tmp_path):
    result = proof(tmp_path / "没有.txt", text_file(tmp_path, "抓好工作布署。"), "--json")

    assert result.exit_code == 2
    assert "打不开" in result.stderr
    assert len(json.loads(result.stdout)) == 1


def test_fix_writes_a_copy_beside_the_original(tmp_path):
    path = text_file(tmp_path, "抓好工作布署。")

    proof(path, "--fix")
    proof(path, "--fix")

    assert path.read_text(encoding="utf-8") == "抓好工作布署。"
    assert (tmp_path / "a.校对.txt").read_text(encoding="utf-8") == "抓好工作部署。"
    assert (tmp_path / "a.校对2.txt").exists()


def test_the_day_of_the_paper_may_be_given(tmp_path):
    path = text_file(tmp_path, "报国土资源部备案。")

    assert proof(path, "--on", "2024-05-01").exit_code == 1
    assert proof(path, "--on", "2017-05-01").exit_code == 0
    assert proof(path, "--on", "昨天").exit_code == 2


def test_hints_can_be_left_out(tmp_path):
    assert json.loads(proof(text_file(tmp_path, "其它材料。"), "--json", "--errors-only").stdout) == []
