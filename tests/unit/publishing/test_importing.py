"""Items of an old site: checked by row, imported by group, never live."""

import csv
import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import factories
from wagtail.documents.models import Document
from wagtail.images.models import Image

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.publishing import services
from gongkai.publishing.errors import ImportRefused
from gongkai.publishing.importing import HEADINGS, Files
from gongkai.publishing.models import ColumnPage, ImportBatch, ItemPage

from .test_blocks import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.IMPORTS_FOLDER = tmp_path / "imports"


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def clerk(organ):
    return factories.reviewer(organ, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def column():
    made = factories.column(title="通知公告")
    ColumnPage.objects.filter(pk=made.pk).update(category="20-15")
    return made


def sheet(*rows: dict) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADINGS)
    writer.writeheader()
    writer.writerows(
        {"栏目": "通知公告", "标题": "公告", "正文": "正文", "信息来源": "旧站", **row} for row in rows
    )
    return stream.getvalue().encode("gb18030")


def package(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def run(organ, clerk, content, files=None, **given):
    return services.import_items(
        organ=organ, actor=clerk, content=content, files=Files(files), dry_run=given.get("dry_run", False)
    )


def test_a_row_becomes_a_draft_with_its_old_day_and_address(organ, clerk, column):
    line = {
        "成文日期": "2023年3月1日", "原发布日期": "2023/3/2", "文号": "示园管发〔2023〕1号", "主题分类": "综合政务\\政务公开",
        "原网址": "https://old.example.gov.cn/1.html", "正文": "<h2>甲</h2><script>x</script><table><tr><td>1<td>2</table>",
    }  # fmt: skip

    report = run(organ, clerk, sheet(line))

    item = ItemPage.objects.get(pk=report[0]["item"])
    assert (item.live, item.body, item.blocks[0].block_type) == (False, "<h2>甲</h2>", "table")
    assert (str(item.formed_on), str(item.legacy_published_on)) == ("2023-03-01", "2023-03-02")
    assert (item.get_parent().pk, item.category, item.owner_id) == (column.pk, "20-15", clerk.pk)


def test_the_old_day_is_shown_and_the_new_day_is_the_true_one(organ, clerk, column):
    """P-CON-07: a publication date is never forged."""
    report = run(organ, clerk, sheet({"成文日期": "2023-03-01", "原发布日期": "2023-03-02"}))
    item = factories.release(ItemPage.objects.get(pk=report[0]["item"]))

    page = Client().get(item.url).content.decode()

    assert "2023年3月2日（由原网站迁入）" in page
    assert item.published_at.year > 2023


def test_a_group_is_imported_whole_or_not_at_all(organ, clerk, column):
    """All-or-nothing per row group."""
    report = run(
        organ,
        clerk,
        sheet(
            {"组": "一", "标题": "好的"},
            {"组": "一", "标题": "坏的", "成文日期": "2023-02-30"},
            {"组": "二", "标题": "另一组"},
            {"标题": "单独一行"},
        ),
    )

    assert [line["state"] for line in report] == ["同组有错，未导入", "未导入", "已导入", "已导入"]
    assert report[1]["faults"] == [{"column": "成文日期", "message": "没有这一天，请核对月份和日期。"}]
    assert sorted(ItemPage.objects.values_list("title", flat=True)) == ["单独一行", "另一组"]


def test_a_trial_changes_nothing(organ, clerk, column):
    """Dry run."""
    report = run(organ, clerk, sheet({}, {"标题": ""}), dry_run=True)

    assert [line["state"] for line in report] == ["检查通过", "未导入"]
    assert not ItemPage.objects.exists()


@pytest.mark.parametrize(
    ("row", "heading", "said"),
    [
        ({"栏目": "没有的栏目"}, "栏目", "没有这个栏目"),
        ({"标题": "长" * 500}, "标题", "有 500 个字，最多 255 个"),
        ({"正文": ""}, "正文", "都是空的"),
        ({"正文文件": "a.html"}, "正文文件", "只能填一个"),
        ({"正文": "", "正文文件": "a.exe"}, "正文文件", "html、txt 或 docx"),
        ({"主题分类": "自编"}, "主题分类", "22 类主题"),
        ({"体裁分类": "诗"}, "体裁分类", "可填"),
        ({"原网址": "ftp://x/"}, "原网址", "http"),
        ({"附件": "没有.pdf"}, "附件", "附件包里没有“没有.pdf”"),
        ({"附件": "a.txt;a.txt"}, "附件", "同名"),
        ({"成文日期": "2099-01-01"}, "成文日期", "还没有到"),
        ({"成文日期": "2023-03-02", "原发布日期": "2023-03-01"}, "原发布日期", "早于成文日期"),
    ],
)
def test_a_fault_is_named_by_its_column(organ, clerk, column, row, heading, said):
    """Bad input: says what, where and what to do."""
    faults = run(organ, clerk, sheet(row), package(a_txt="甲".encode()))[0]["faults"]

    assert heading in {fault["column"] for fault in faults}
    assert any(said in fault["message"] for fault in faults)


def test_an_address_is_imported_once(organ, clerk, column):
    address = "https://old.example.gov.cn/1.html"
    first = run(organ, clerk, sheet({"原网址": address}, {"原网址": address}))
    again = run(organ, clerk, sheet({"原网址": address}))

    assert [line["state"] for line in first] == ["已导入", "未导入"]
    assert "与第 2 行重复" in first[1]["faults"][0]["message"]
    assert "已经导入过" in again[0]["faults"][0]["message"]


def test_files_come_from_the_package(organ, clerk, column):
    paper = docx.Document()
    paper.add_heading("标题一")
    stream = io.BytesIO()
    paper.save(stream)
    files = package(
        a__one_html='<p>图</p><img src="p.png" alt="平面图">'.encode(), a__p_png=picture(), list_txt="清单".encode(),
        two_docx=stream.getvalue(),
    )  # fmt: skip
    rows = ({"正文": "", "正文文件": "a/one.html", "附件": "list.txt"}, {"正文": "", "正文文件": "two.docx"})

    report = run(organ, clerk, sheet(*rows), files)

    first, second = (ItemPage.objects.get(pk=line["item"]) for line in report)
    assert first.blocks[0].value["alt_text"] == "平面图"
    assert first.attachments.get().document.filename.endswith(".txt")
    assert second.body == "<h2>标题一</h2>"


def test_a_harmful_attachment_holds_its_row_back_and_leaves_no_file(organ, clerk, column):
    """Bad input: an upload is checked by content."""
    report = run(organ, clerk, sheet({"附件": "a.pdf"}), package(a_pdf=b"MZ\x90 program"))

    assert "程序" in report[0]["faults"][0]["message"]
    assert not Document.objects.exists()


def test_a_document_that_fails_late_takes_its_group_and_its_files_back(organ, clerk, column, settings):
    files = package(list_txt="清单".encode(), two_docx=b"PK\x03\x04 broken")
    rows = ({"组": "一", "附件": "list.txt"}, {"组": "一", "正文": "", "正文文件": "two.docx"})

    report = run(organ, clerk, sheet(*rows), files)

    assert [line["state"] for line in report] == ["同组有错，未导入", "未导入"]
    assert not ItemPage.objects.exists()
    assert not Document.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        ("标题,正文\n甲,乙".encode(), "缺少列“栏目”“信息来源”"),
        (sheet(), "没有数据行"),
        (b"\x00\x01\x02", "不是 CSV 或 XLSX"),
        (b"PK\x03\x04 broken", "打不开"),
    ],
)
def test_a_sheet_that_cannot_be_taken_is_refused_whole(organ, clerk, content, said):
    with pytest.raises(ImportRefused, match=said):
        run(organ, clerk, content)


def test_names_lead_nowhere_outside_the_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("x")
    inner = tmp_path / "files"
    inner.mkdir()
    (inner / "a.txt").write_text("a")

    files = Files(inner)

    assert "a.txt" in files
    assert "../secret.txt" not in files
    assert str(tmp_path / "secret.txt") not in files


def test_only_the_disclosure_office_imports(organ, column):
    with pytest.raises(AccessDenied):
        run(organ, factories.editor(organ), sheet({}))


def test_the_clerk_imports_in_the_browser(organ, clerk, column):
    """Upload → preview → run → report, once."""
    desk = Client()
    desk.force_login(clerk)
    upload = {
        "organ": organ.pk,
        "sheet": SimpleUploadedFile("旧站.csv", sheet({"标题": "甲"}, {"标题": ""})),
        "package": SimpleUploadedFile("附件.zip", package(a_txt=b"a")),
    }
    shown = desk.post(reverse("publishing:imports"), upload, follow=True).content.decode()
    batch = ImportBatch.objects.get()
    assert "1 行检查通过，1 行有问题" in shown
    assert "标题：不能为空，请补填。" in shown.replace("\n", "")
    assert not ItemPage.objects.exists()

    for _ in range(2):
        desk.post(reverse("publishing:run_import", args=[batch.pk]))

    assert [item.title for item in ItemPage.objects.all()] == ["甲"]
    assert desk.get(reverse("publishing:import_report", args=[batch.pk])).content.startswith(b"PK")
    assert desk.get(reverse("publishing:import_template")).content.startswith(b"PK")


def test_a_bad_upload_is_answered_on_the_form(organ, clerk):
    desk = Client()
    desk.force_login(clerk)

    answer = desk.post(
        reverse("publishing:imports"), {"organ": organ.pk, "sheet": SimpleUploadedFile("表.csv", b"a,b\n1,2")}
    )

    assert answer.status_code == 422
    assert "下载导入模板" in answer.content.decode()


def test_a_draft_is_made_from_a_word_file_or_a_paste(organ, column):
    """Issue 4 §11."""
    desk = Client()
    editor = factories.editor(organ)
    desk.force_login(editor)
    address = reverse("publishing:take_over", args=[column.pk])
    paper = docx.Document()
    paper.add_paragraph("关于停水的公告")
    paper.add_picture(io.BytesIO(picture()))
    stream = io.BytesIO()
    paper.save(stream)

    desk.post(address, {"organ": organ.pk, "word": SimpleUploadedFile("稿.docx", stream.getvalue())})
    desk.post(
        address, {"organ": organ.pk, "title": "粘贴的", "pasted": "<p>甲</p><table><tr><td>1<td>2</table>"}
    )
    refused = desk.post(address, {"organ": organ.pk, "title": "什么也没有"})

    first, second = ItemPage.objects.order_by("pk")
    assert (first.title, first.blocks[0].block_type, Image.objects.count()) == ("关于停水的公告", "figure", 1)
    assert (second.title, second.blocks[0].block_type) == ("粘贴的", "table")
    assert refused.status_code == 422
    assert "没有可以导入的文字" in refused.content.decode()
    assert "什么也没有" in refused.content.decode()
