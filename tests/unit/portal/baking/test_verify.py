"""Any byte that is not as it was signed is found, whoever changed it and wherever."""

from __future__ import annotations

import pytest
from tests import factories
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.portal.baking.models import BakedFile, BakeRecord
from gongkai.portal.baking.verify import Finding, What, verify
from gongkai.portal.baking.whole import bake_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def item(carried):
    bake_whole()
    return carried(lambda: factories.published_item(title="园区道路保洁公告"))


@pytest.fixture
def name(item):
    return item.url.strip("/") + "/index.html"


def test_an_untouched_site_is_sound(folder, item):
    verdict = verify(folder)

    assert verdict.findings == []
    assert verdict.files == BakedFile.objects.count() > 5


@pytest.mark.parametrize("copy", ["", ".gz"])
@pytest.mark.parametrize("at", [0, 1, -1])
def test_one_altered_byte_is_found(folder, name, copy, at):
    place = folder.place(name + copy)
    content = bytearray(place.read_bytes())
    content[at] ^= 1
    place.write_bytes(content)

    assert verify(folder).findings == [Finding(What.CHANGED, name + copy)]


@pytest.mark.parametrize("copy", ["", ".gz"])
def test_a_missing_file_is_found(folder, name, copy):
    folder.place(name + copy).unlink()

    assert verify(folder).findings == [Finding(What.MISSING, name + copy)]


def test_extra_files_links_and_unfinished_ones_are_found(folder, item):
    (folder.root / "shell.php").write_text("x")
    (folder.root / "link").symlink_to("/etc")
    (folder.root / ".index.html.unfinished").write_text("x")

    assert {f.name for f in verify(folder).findings if f.what is What.EXTRA} == {
        "shell.php",
        "link",
        ".index.html.unfinished",
    }


def test_a_page_replaced_by_a_link_to_the_same_bytes_is_found(folder, name, tmp_path):
    place = folder.place(name)
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_bytes(place.read_bytes())
    place.unlink()
    place.symlink_to(elsewhere)

    assert verify(folder).findings == [Finding(What.CHANGED, name)]


def test_who_changes_file_and_table_alike_is_found_by_the_list(folder, name):
    from gongkai.audit.chain import sm3

    folder.place(name).write_bytes(b"other")
    BakedFile.objects.filter(name=name).update(digest=sm3(b"other"))

    assert {finding.what for finding in verify(folder).findings} == {What.CHANGED, What.TABLE}


def test_who_changes_the_list_too_is_found_by_the_audit_log(folder, name):
    from gongkai.audit.chain import sm3

    old, new = BakedFile.objects.get(name=name).digest, sm3(b"other")
    folder.place(name).write_bytes(b"other")
    BakedFile.objects.filter(name=name).update(digest=new)
    record = BakeRecord.objects.order_by("-pk")[0]
    BakeRecord.objects.filter(pk=record.pk).update(lines=record.lines.replace(old, new))

    assert [finding.what for finding in verify(folder).findings] == [What.UNSIGNED]


def test_a_full_bake_mends_what_was_found(folder, name):
    folder.place(name).write_bytes(b"other")
    (folder.root / "shell.php").write_text("x")
    bake_whole()

    assert verify(folder).findings == []
    assert "园区道路保洁公告" in folder.read(name).decode()


def test_the_command_says_what_is_wrong_and_fails(folder, name):
    sound = CliRunner().invoke(app, ["bake", "verify"])
    assert sound.exit_code == 0
    assert "静态页完好" in sound.output

    folder.place(name).write_bytes(b"other")
    found = CliRunner().invoke(app, ["bake", "verify"])
    assert found.exit_code == 1
    assert "内容被改动" in found.output


def test_the_commands_bake_all_and_what_is_waiting(folder, noted):
    done = CliRunner().invoke(app, ["bake", "--all"])
    assert done.exit_code == 0, done.output
    assert "页已生成" in done.output
    item = noted(lambda: factories.published_item(title="园区道路保洁公告"))
    assert CliRunner().invoke(app, ["bake"]).exit_code == 0
    assert folder.read(item.url.strip("/") + "/index.html") is not None


def test_while_another_bakes_the_commands_say_so(folder):
    with folder.lock(wait=False):
        for words in (["bake", "--all"], ["bake", "verify"]):
            result = CliRunner().invoke(app, words)
            assert result.exit_code == 1
            assert "正在生成静态页" in result.output
