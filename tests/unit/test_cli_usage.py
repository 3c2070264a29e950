"""Usage errors of the ``gongkai`` command: Chinese, where the usage stands, exit 2, nothing on the standard output."""

import pytest

from gongkai.cli import app
from gongkai.cli_usage import run


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("report check", "缺少参数“文件”，请补上。"),
        ("report diff a.txt", "缺少参数“报告二”，请补上。"),
        ("report rollup folder", "缺少选项 --tree，请补上。"),
        ("report check --jso a.txt", "没有选项 --jso。是否要用：--json？"),
        ("--nope", "没有选项 --nope。"),
        ("nope", "没有命令“nope”。"),
        ("report nope", "没有命令“nope”。"),
        ("report diff a b c", "多余的参数：c。"),
        ("worker a b", "多余的参数：a b。"),
        ("demo --port", "选项 --port 后面要写值。"),
        ("report check --json=1 a", "选项 --json 不带值。"),
        ("demo --port abc", "选项 --port 的值不对，应为 1024 至 65000 的数。"),
        ("demo --port 80", "选项 --port 的值不对，应为 1024 至 65000 的数。"),
        ("report diff a b --least-change x", "选项 --least-change 的值不对，应为不小于 1 的数。"),
        ("report diff a b --least-percent=-4", "选项 --least-percent 的值不对，应为不小于 0 的数。"),
    ],
)
def test_a_mistake_is_told_in_chinese(line, words, capsys):
    assert run(app, line.split(), "gongkai") == 2
    shown = capsys.readouterr()
    first, *rest = shown.err.splitlines()
    assert shown.out == ""
    assert first == words
    assert all(line.startswith("用法请看：gongkai") and line.endswith("--help") for line in rest)


def test_without_a_command_the_help_is_shown(capsys):
    assert run(app, [], "gongkai") == 2
    assert "公开：政府信息公开与智慧园区办公软件。" in capsys.readouterr().out


@pytest.mark.parametrize(("line", "code"), [("--help", 0), ("secret", 0), ("report check nowhere.txt", 2)])
def test_the_exit_code_of_a_command_is_handed_on(line, code):
    assert run(app, line.split(), "gongkai") == code
