"""``gongkai report``: exit codes, JSON on the standard output, Chinese lines for whatever is wrong."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli_report import app
from gongkai.core.annual_report import CellKey, zero_report
from gongkai.reportfiles.writing import write_report

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SAMPLES = SHARED / "samples" / "reports"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not on this machine")
run = CliRunner()


def gongkai(*arguments):
    return run.invoke(app, [str(argument) for argument in arguments])


def report_file(folder, name="report.json", *, agency="示例县人民政府", year=2023, text="", **cells):
    """A report of zeros, with ``table3__r1__natural=3`` and the like."""
    base = zero_report(agency, year)
    values = dict(base.values) | {
        CellKey.parse(key.replace("__", ".")): value for key, value in cells.items()
    }
    sections = {"一": text} if text else {}
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_report(replace(base, values=values, sections=sections), path)
    return path


def balanced(folder, name, new, **more):
    rows = {f"table3__{row}__{col}": new for row in ("r1", "r3_1", "r3_7") for col in ("natural", "total")}
    return report_file(folder, name, **(rows | more))


def units_file(folder, *lines, header="code,parent,name,counted,reason", encoding="utf-8"):
    path = folder / "units.csv"
    path.write_bytes("\n".join([header, *lines]).encode(encoding))
    return path


UNITS = (
    "A,,示例县人民政府,1,",
    "A1,A,示例县教育局,是,",
    "A2,A,示例县水务局,,",
    "A3,A,示例县税务局,否,垂直管理",
)


class TestRead:
    def test_one_file_is_an_object_and_several_are_a_list_in_their_order(self, tmp_path):
        first = report_file(tmp_path, "a.json", table3__r1__natural=3)
        second = report_file(tmp_path, "b.html", year=2022)

        single = json.loads(gongkai("read", first, "--json").stdout)
        both = json.loads(gongkai("read", second, tmp_path / "nowhere.txt", first, "--json").stdout)

        assert (single["file"], single["year"], single["table3"]["一"]["自然人"]) == (str(first), 2023, 3)
        assert {
            "agency",
            "edition",
            "table2",
            "table4",
            "warnings",
            "invalid_cells",
            "structure",
            "sections",
        } <= set(single)
        assert [entry.get("year") for entry in both] == [2022, None, 2023]
        assert "不存在" in both[1]["error"]

    def test_the_tables_are_shown_with_every_figure(self, tmp_path):
        done = gongkai(
            "read", report_file(tmp_path, table2__fees__amount=Decimal("7730.28"), table3__r1__natural=None)
        )

        assert done.exit_code == 0
        assert "示例县人民政府 2023 年" in done.stdout
        assert "7730.28" in done.stdout
        assert "□" in done.stdout

    def test_text_from_a_file_is_not_taken_for_markup(self, tmp_path):
        done = gongkai("read", report_file(tmp_path, agency="示例县[red]政府[/red]:smile:"))

        assert "[red]" in done.stdout
        assert ":smile:" in done.stdout


class TestCheck:
    def test_a_clean_report_exits_0_and_says_so(self, tmp_path):
        done = gongkai("check", report_file(tmp_path))

        assert done.exit_code == 0
        assert "✓ 核对无误" in done.stdout

    def test_a_broken_identity_exits_1_with_both_sums(self, tmp_path):
        path = report_file(tmp_path, table4__suit_after__upheld=5)
        done = gongkai("check", path, "--json")

        assert done.exit_code == 1
        (violation,) = json.loads(done.stdout)["violations"]
        assert {
            key: violation[key] for key in ("table", "row", "col", "identity", "expected", "printed")
        } == {
            "table": "table4",
            "row": "复议后起诉",
            "col": "总计",
            "identity": "维持+纠正+其他+尚未审结=总计",
            "expected": 5,
            "printed": 0,
        }
        shown = gongkai("check", path)
        assert "✗0" in shown.stdout
        assert "✗ 错误" in shown.stdout

    def test_blanks_are_warnings_and_leave_the_exit_code_alone(self, tmp_path):
        done = gongkai("check", report_file(tmp_path, table3__r1__natural=None), "--json")

        found = json.loads(done.stdout)
        assert (done.exit_code, found["violations"]) == (0, [])
        assert any("为空" in warning for warning in found["warnings"])

    def test_many_blanks_of_a_table_are_counted_in_one_line(self, tmp_path):
        blanks = {f"table3__{row}__natural": None for row in ("r1", "r2", "r3_1", "r3_2", "r3_7", "r4")}
        found = json.loads(gongkai("check", report_file(tmp_path, **blanks), "--json").stdout)

        assert [warning for warning in found["warnings"] if "6 个单元格为空" in warning]
        assert sum("为空" in warning for warning in found["warnings"]) == 1

    def test_a_figure_that_is_no_number_is_a_violation_with_its_text(self, tmp_path):
        path = report_file(tmp_path, "report.html")
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace(">0<", ">O<", 1), encoding="utf-8")
        done = gongkai("check", path, "--json")

        (violation,) = json.loads(done.stdout)["violations"]
        assert done.exit_code == 1
        assert (violation["printed"], violation["identity"]) == ("O", "应为非负整数")

    def test_figures_in_the_text_are_mismatches_not_violations(self, tmp_path):
        path = report_file(tmp_path, text="2023年，全县共收到政府信息公开申请15件。")
        done = gongkai("check", path, "--json")

        (mismatch,) = json.loads(done.stdout)["text_mismatches"]
        assert done.exit_code == 0
        assert (mismatch["section"], mismatch["printed"], mismatch["table"]) == ("一", 15, 0)
        assert mismatch["fragment"] == "全县共收到政府信息公开申请15件"

    def test_the_year_before_is_checked_for_carry_over(self, tmp_path):
        before = report_file(tmp_path, "2022.json", year=2022, table3__r4__natural=3)
        done = gongkai("check", report_file(tmp_path), "--previous", before, "--json")

        found = json.loads(done.stdout)
        assert done.exit_code == 1
        assert found["violations"] == []
        assert [(entry["rule"], entry["expected"], entry["printed"]) for entry in found["cross_year"]] == [
            ("T3-4", 3, 0)
        ]

    def test_a_year_before_that_is_not_the_year_before_is_a_warning(self, tmp_path):
        before = report_file(tmp_path, "2020.json", year=2021)
        found = json.loads(gongkai("check", report_file(tmp_path), "--previous", before, "--json").stdout)

        assert found["cross_year"] == []
        assert any("2021 年" in warning and "没有核对结转" in warning for warning in found["warnings"])

    @pytest.mark.parametrize("extra", [True, False])
    def test_previous_needs_one_report_and_one_that_can_be_read(self, tmp_path, extra):
        path = report_file(tmp_path)
        files = [path, path] if extra else [path]
        before = path if extra else tmp_path / "nowhere.txt"
        done = gongkai("check", *files, "--previous", before)

        assert done.exit_code == 2
        assert ("只能用于核对一份报告" if extra else "上年报告无法读取") in done.stderr

    def test_one_bad_file_never_stops_the_rest_and_wins_the_exit_code(self, tmp_path):
        empty = tmp_path / "empty.txt"
        empty.write_bytes(b"")
        wrong = report_file(tmp_path, "wrong.json", table4__suit_after__upheld=5)
        files = [tmp_path / "nowhere.txt", tmp_path, empty, wrong, report_file(tmp_path, "clean.json")]
        done = gongkai("check", *files)

        assert done.exit_code == 2
        assert "共 5 份：1 份有错误，3 份无法读取。" in done.stdout
        assert len(done.stderr.strip().splitlines()) == 3
        entries = json.loads(gongkai("check", *files, "--json").stdout)
        assert ["error" in entry for entry in entries] == [True, True, True, False, False]

    @needs_samples
    def test_the_real_samples_give_exactly_their_known_violations(self):
        names = ("004", "006", "010", "reference-2023", "015")
        done = gongkai("check", *(SAMPLES / f"{name}.txt" for name in names), "--json")
        clean_a, wrong, clean_b, reference, refused = json.loads(done.stdout)
        truth = json.loads((SAMPLES / "006.json").read_text(encoding="utf-8"))["violations"]

        assert done.exit_code == 2
        assert [
            [entry["violations"], entry["text_mismatches"]] for entry in (clean_a, clean_b, reference)
        ] == [[[], []]] * 3
        assert [{key: entry[key] for key in truth[0]} for entry in wrong["violations"]] == truth
        assert wrong["text_mismatches"] == []
        assert "两个年度" in refused["error"]


class TestConvert:
    @pytest.mark.parametrize("suffix", ["html", "json", "txt"])
    def test_a_report_is_written_in_the_format_of_the_suffix(self, tmp_path, suffix):
        source, out = report_file(tmp_path, table3__r1__natural=3), tmp_path / f"out.{suffix}"
        done = gongkai("convert", source, out)

        assert (done.exit_code, done.stdout.strip()) == (0, f"已写入：{out}")
        assert json.loads(gongkai("read", out, "--json").stdout)["table3"]["一"]["自然人"] == 3

    @pytest.mark.parametrize("out", ["out.wps", "out", "nowhere/out.html", "report.json"])
    def test_what_cannot_be_written_is_one_line_and_exit_2(self, tmp_path, out):
        source = report_file(tmp_path)
        before = source.read_bytes()
        done = gongkai("convert", source, tmp_path / out)

        assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1)
        assert source.read_bytes() == before

    def test_an_unreadable_source_writes_nothing(self, tmp_path):
        out = tmp_path / "out.html"
        assert gongkai("convert", tmp_path / "nowhere.txt", out).exit_code == 2
        assert not out.exists()


class TestDiff:
    def test_years_are_put_in_order_and_differences_listed(self, tmp_path):
        text = "完善政府信息公开工作制度。"
        before = report_file(tmp_path, "2022.json", year=2022, table3__r1__natural=100, text=text)
        after = report_file(tmp_path, "2023.json", table3__r1__natural=10, table3__r2__total=4, text=text)
        done = gongkai("diff", after, before, "--json")

        found = json.loads(done.stdout)
        assert done.exit_code == 1
        assert (found["previous"]["year"], found["current"]["year"], found["consecutive"]) == (
            2022,
            2023,
            True,
        )
        assert [(jump["row"], jump["before"], jump["change"], jump["ratio"]) for jump in found["jumps"]] == [
            ("一", 100, -90, -0.9)
        ]
        assert found["prose"] == [{"section": "一", "sentences": 1, "share": 1.0, "identical": [text]}]
        assert [entry["rule"] for entry in found["cross_year"]] == ["T3-4"]
        shown = gongkai("diff", before, after).stdout
        assert "-90%" in shown
        assert "1 句中有 1 句与上年相同" in shown

    def test_thresholds_are_options(self, tmp_path):
        before = report_file(tmp_path, "2022.json", year=2022, table2__licences__count=100)
        after = report_file(tmp_path, "2023.json", table2__licences__count=105)
        options = ["--least-change", "5", "--least-percent", "5", "--json"]

        assert json.loads(gongkai("diff", before, after, "--json").stdout)["jumps"] == []
        assert len(json.loads(gongkai("diff", before, after, *options).stdout)["jumps"]) == 1

    def test_a_file_that_cannot_be_read_is_exit_2(self, tmp_path):
        done = gongkai("diff", report_file(tmp_path), tmp_path / "nowhere.txt", "--json")

        assert done.exit_code == 2
        assert "不存在" in json.loads(done.stdout)["error"]


class TestRollup:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
    def test_units_are_summed_by_the_list_in_any_usual_encoding(self, tmp_path, encoding):
        folder = tmp_path / "reports"
        balanced(folder, "A1.json", 3)
        balanced(folder, "deeper/水务局.html", 4, agency="示例县水务局")
        balanced(folder, "A3.json", 50)
        out = tmp_path / "sum.json"
        done = gongkai(
            "rollup", folder, "--tree", units_file(tmp_path, *UNITS, encoding=encoding), "-o", out, "--json"
        )

        found = json.loads(done.stdout)
        assert done.exit_code == 0
        assert found["excluded"] == [{"code": "A3", "name": "示例县税务局", "reason": "垂直管理"}]
        assert (found["complete"], found["missing"], found["violations"]) == (True, [], [])
        written = json.loads(out.read_text(encoding="utf-8"))
        assert (written["agency"], written["table3"]["一"]["总计"]) == ("示例县人民政府", 7)
        assert written["table3"] == found["report"]["table3"]

    def test_bad_files_missing_units_and_strangers_are_listed_and_the_sum_is_written(self, tmp_path):
        folder = tmp_path / "reports"
        balanced(folder, "A1.json", 3)
        balanced(folder, "B7.json", 9, agency="样例局")
        (folder / "A2.docx").write_bytes(b"PK\x03\x04 cut off")
        (folder / "~$A2.docx").write_bytes(b"lock")
        (folder / "notes.md").write_text("nothing", encoding="utf-8")
        out = tmp_path / "sum.html"
        tree = units_file(tmp_path, *UNITS)
        done = gongkai("rollup", folder, "--tree", tree, "-o", out, "--json")

        found = json.loads(done.stdout)
        assert done.exit_code == 2
        assert [entry["file"] for entry in found["unreadable"]] == ["A2.docx"]
        assert (found["missing"], found["unknown"], found["complete"]) == (
            ["示例县水务局"],
            ["B7.json"],
            False,
        )
        assert out.exists()
        shown = gongkai("rollup", folder, "--tree", tree, "-o", out).stdout
        for words in ("缺报", "垂直管理", "A2.docx", "不在单位清单中"):
            assert words in shown

    def test_the_superiors_own_report_is_compared_with_the_sum(self, tmp_path):
        folder = tmp_path / "reports"
        balanced(folder, "A1.json", 3)
        balanced(folder, "A2.json", 4)
        balanced(folder, "A.json", 8)
        done = gongkai(
            "rollup", folder, "--tree", units_file(tmp_path, *UNITS), "-o", tmp_path / "sum.txt", "--json"
        )

        assert done.exit_code == 1
        assert {
            (entry["rule"], entry["expected"], entry["printed"])
            for entry in json.loads(done.stdout)["violations"]
        } == {("RU-1", 7, 8)}

    def test_a_listing_has_every_unit_the_sum_and_no_formulas(self, tmp_path):
        folder = tmp_path / "reports"
        balanced(folder, "A1.json", 3)
        out = tmp_path / "list.csv"
        tree = units_file(tmp_path, "A,,示例县,1,", "A1,A,=1+1,1,", "A2,A,＝示例,0,@原因")
        done = gongkai("rollup", folder, "--tree", tree, "-o", out)

        rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
        assert done.exit_code == 0
        assert [row[3] for row in rows] == ["状态", "汇总单位", "计入", "不计入", "合计"]
        column = rows[0].index("表三“一、本年新收政府信息公开申请数量”总计")
        assert (rows[2][column], rows[3][column], rows[4][column]) == ("3", "", "3")
        assert (rows[2][1], rows[3][1], rows[3][4]) == ("'=1+1", "'＝示例", "'@原因")

    @pytest.mark.parametrize(
        ("lines", "header", "words"),
        [
            (("A,,甲",), "code,name,counted", "表头缺少列：parent（上级代码）"),
            (("A,,甲,1,", "A,,乙,1,"), None, "第 3 行：单位代码“A”与第 2 行重复"),
            (("A,B,甲,1,", "B,A,乙,1,"), None, "成环"),
            (("A,X,甲,1,",), None, "第 2 行：单位“A”的上级代码“X”不在清单中"),
            (("A,,甲,也许,",), None, "第 2 行：“是否计入（counted）”写的是“也许”"),
            (("A,,甲,1,理由,多余",), None, "第 2 行：这一行有 6 列"),
            ((), None, "没有单位"),
        ],
    )
    def test_a_broken_list_of_units_is_one_line_with_its_row(self, tmp_path, lines, header, words):
        tree = units_file(tmp_path, *lines, **({"header": header} if header else {}))
        done = gongkai("rollup", tmp_path, "--tree", tree, "-o", tmp_path / "sum.json")

        assert done.exit_code == 2
        assert words in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1

    @pytest.mark.parametrize("content", [b"\xff\xff\x00\x81", b"code,parent\x00", None])
    def test_a_list_that_is_no_text_or_not_there_is_one_line(self, tmp_path, content):
        tree = tmp_path / "units.csv"
        if content is not None:
            tree.write_bytes(content)
        done = gongkai("rollup", tmp_path, "--tree", tree, "-o", tmp_path / "sum.json")

        assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1)

    def test_chinese_headings_semicolons_and_blank_lines_will_do(self, tmp_path):
        balanced(tmp_path / "reports", "A1.json", 3)
        tree = units_file(
            tmp_path, "A1;;示例县教育局;是;", "", header="单位代码;上级代码;单位名称;是否计入;原因"
        )
        assert (
            gongkai("rollup", tmp_path / "reports", "--tree", tree, "-o", tmp_path / "s.json").exit_code == 0
        )

    @pytest.mark.parametrize(
        ("folder", "out"),
        [("nowhere", "s.json"), ("", "s.wps"), ("", "nowhere/s.json"), ("", "nowhere/s.csv")],
    )
    def test_paths_that_lead_nowhere_are_one_line(self, tmp_path, folder, out):
        balanced(tmp_path / "reports", "A1.json", 3)
        tree = units_file(tmp_path, "A1,,示例县教育局,是,")
        done = gongkai("rollup", tmp_path / "reports" / folder, "--tree", tree, "-o", tmp_path / out)

        assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1)

    def test_a_folder_without_any_report_of_the_list_is_refused(self, tmp_path):
        done = gongkai(
            "rollup", tmp_path, "--tree", units_file(tmp_path, *UNITS), "-o", tmp_path / "sum.json", "--json"
        )

        assert done.exit_code == 2
        assert "没有可以汇总的报告" in json.loads(done.stdout)["error"]

    def test_the_output_within_the_folder_is_not_read_back(self, tmp_path):
        balanced(tmp_path, "A1.json", 3)
        tree = units_file(tmp_path, "A,,示例县,1,", "A1,A,示例县教育局,1,")
        out = tmp_path / "A.json"
        for _ in range(2):
            done = gongkai("rollup", tmp_path, "--tree", tree, "-o", out, "--json")
            assert json.loads(done.stdout)["violations"] == []
            assert json.loads(out.read_text(encoding="utf-8"))["table3"]["一"]["总计"] == 3


def test_the_command_itself_writes_pure_utf8_json_whatever_the_locale(tmp_path):
    path = report_file(tmp_path, "年报.json", table4__suit_after__upheld=5)
    environment = {**os.environ, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment |= {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "report", "check", path.name, "nowhere.txt", "--json"],
        cwd=tmp_path, env=environment, capture_output=True, check=False,
    )  # fmt: skip

    wrong, unreadable = json.loads(done.stdout.decode("utf-8"))
    assert (done.returncode, done.stderr) == (2, b"")
    assert (wrong["agency"], len(wrong["violations"])) == ("示例县人民政府", 1)
    assert "不存在" in unreadable["error"]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_bar_on_the_terminal_leaves_a_redirected_output_alone(tmp_path):
    files = [report_file(tmp_path, f"{at}.json") for at in range(6)]
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "report", "check", *map(str, files)],
        stdout=subprocess.PIPE, stderr=theirs, check=False,
    )  # fmt: skip
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode("utf-8", "replace")
    os.close(ours)

    assert done.stdout.decode("utf-8").count("✓ 核对无误") == 6
    assert "正在读取" in drawn
    assert "核对无误" not in drawn


def test_one_report_is_checked_without_the_web_framework_or_the_terminal_library(tmp_path):
    path = report_file(tmp_path)
    script = (
        "import sys; from typer.testing import CliRunner; from gongkai.cli_report import app;"
        "before = set(sys.modules);"
        f"result = CliRunner().invoke(app, ['check', {str(path)!r}, '--json']); assert result.exit_code == 0;"
        "new = set(sys.modules) - before;"
        "print([name for name in ('django', 'duckdb', 'typst', 'pdfplumber', 'docx', 'openpyxl') if name in new])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_table_three_has_every_column(tmp_path):
    shown = gongkai("read", report_file(tmp_path)).stdout
    for column in zero_report("", 2023).form.table3_columns:
        assert column.label in shown
