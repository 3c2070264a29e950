"""Imports: all or nothing, every fault by row and column."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from gongkai.agencies.access import AccessDenied
from gongkai.audit.models import Event
from gongkai.reporting import services
from gongkai.reporting.errors import AlreadyExists, RefusedUpload
from gongkai.reporting.models import ApplicationRecord, ImportBatch, WorkRecord

HEAD = "登记编号,申请人类别,收到日期,办结日期,办理结果\n"


def run(office, content, key="shenqing", name="台账.csv", **given):
    if isinstance(content, str):
        content = content.encode()
    return services.import_ledger(
        ledger_key=key, organ=office.organ, actor=office.clerk, file_name=name, content=content, **given
    )


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_good_file_is_imported_whole_with_its_digest_and_event(office):
    outcome = run(office, HEAD + "A1,自然人,2023-03-01,2023-03-20,予以公开\nA2,商业企业,2023/4/2,,\n")

    assert outcome.faults == ()
    assert ApplicationRecord.objects.count() == 2
    assert ImportBatch.objects.get().rows == 2
    assert Event.objects.filter(action="ledger.imported").count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_chinese_offices_are_read(office, encoding):
    content = (HEAD + "A1,自然人,2023年3月1日,,\n").encode(encoding)

    assert run(office, content).rows == 1


def test_dates_are_read_as_text_full_width_and_as_cells(office):
    from datetime import date

    rows = [HEAD.strip().split(",")]
    rows += [
        ["A1", "自然人", date(2023, 3, 1), None, None],
        ["A2", "自然人", "２０２３－０３－０２", None, None],
    ]

    run(office, workbook(*rows), name="台账.xlsx")

    assert [str(r.received_on) for r in ApplicationRecord.objects.order_by("number")] == [
        "2023-03-01",
        "2023-03-02",
    ]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("A1,自然人,2023-02-30,,", "收到日期", "没有这一天"),
        ("A1,自然人,三月一日,,", "收到日期", "不是日期"),
        ("A1,外星人,2023-03-01,,", "申请人类别", "不在可选范围内"),
        (",自然人,2023-03-01,,", "登记编号", "不能为空"),
        ("A1,自然人,2023-03-01,2023-02-01,予以公开", "", "不得早于收到日期"),
        ("A1,自然人,2023-03-01,2023-03-09,", "", "须同时填写"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_imported(office, row, column, said):
    outcome = run(office, HEAD + "A0,自然人,2023-03-01,,\n" + row + "\n")

    assert [(fault.row, fault.column) for fault in outcome.faults] == [(3, column)]
    assert said in outcome.faults[0].message
    assert ApplicationRecord.objects.count() == 0
    assert ImportBatch.objects.count() == 0


def test_a_number_twice_in_one_file_is_a_fault_of_the_second_row(office):
    outcome = run(office, HEAD + "A1,自然人,2023-03-01,,\nA1,自然人,2023-03-02,,\n")

    assert [(fault.row, fault.message) for fault in outcome.faults] == [
        (3, "该登记编号已有记录，请核对是否重复登记。")
    ]


def test_the_same_file_is_not_imported_twice(office):
    content = HEAD + "A1,自然人,2023-03-01,,\n"
    run(office, content)

    with pytest.raises(AlreadyExists, match="没有重复导入"):
        run(office, content)


def test_a_dry_run_writes_nothing(office):
    outcome = run(office, HEAD + "A1,自然人,2023-03-01,,\n", dry_run=True)

    assert (outcome.rows, outcome.faults) == (1, ())
    assert ApplicationRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\x00\x01\x02binary", "不是 CSV"),
        (b"a,b\n1,2\n", "缺少列"),
        ((HEAD.strip() + ",电话\nA1,自然人,2023-03-01,,,1\n").encode(), "不认识列“电话”"),
        (HEAD.encode(), "没有数据行"),
        (b"PK\x03\x04broken", "打不开"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_reason(office, content, said):
    with pytest.raises(RefusedUpload, match=said):
        run(office, content)
    assert ApplicationRecord.objects.count() == 0


def test_a_workbook_that_unpacks_too_large_is_refused_before_reading(office):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * (210 * 1024 * 1024))

    with pytest.raises(RefusedUpload, match="解压后过大"):
        run(office, stream.getvalue(), name="炸弹.xlsx")


@pytest.mark.parametrize(
    ("text", "fault"), [("1,234", None), ("-5", "负数"), ("1.5", "整数"), ("很多", "数字")]
)
def test_counts_are_whole_and_not_negative(office, text, fault):
    content = f'类别,事项,日期,数量\n培训,培训班,2023-03-01,"{text}"\n'

    outcome = run(office, content, key="gongzuo")

    if fault is None:
        assert WorkRecord.objects.get().count == 1234
    else:
        assert fault in outcome.faults[0].message


def test_who_may_not_enter_may_not_import(office):
    with pytest.raises(AccessDenied):
        services.import_ledger(
            ledger_key="shenqing",
            organ=office.organ,
            actor=office.stranger,
            file_name="a.csv",
            content=HEAD.encode(),
        )
