"""Importing items of an old site as drafts: group by group, all or nothing, a line of report for each row."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.converting import Converted, from_html, from_text, from_word
from gongkai.publishing.importing import Files, Row, read
from gongkai.publishing.models import ColumnPage, ItemAttachment, ItemPage
from gongkai.publishing.uploads import measured
from gongkai.releasefiles.errors import UploadRefused

IMPORTED, FINE, FAULTY, HELD_BACK = "已导入", "检查通过", "未导入", "同组有错，未导入"


def import_items(
    *, organ: Organ, actor: User, content: bytes, files: Files, dry_run: bool
) -> list[dict[str, Any]]:
    """Import a sheet; nothing goes live, every item takes its review.

    Returns:
        one line a row: row, group, title, state, faults [{column, message}], notes, item (number or None).

    Raises:
        ImportRefused: the sheet as a whole cannot be taken.
        AccessDenied: not for this person.
    """
    access.require(actor, "导入信息", organ)
    rows = read(content, files, organ)
    lines: dict[int, dict[str, Any]] = {}
    for group in _groups(rows):
        if any(row.faults for row in group):
            lines |= {row.number: _line(row, FAULTY if row.faults else HELD_BACK) for row in group}
        elif dry_run:
            lines |= {row.number: _line(row, FINE) for row in group}
        else:
            lines |= _run(group, organ, actor, files)
    report = [lines[row.number] for row in rows]
    if not dry_run:
        count = sum(line["state"] == IMPORTED for line in report)
        record_event(
            "items.imported", organ, actor=actor, organ_code=organ.code, imported=count,
            refused=len(report) - count,
        )  # fmt: skip
    return report


def _groups(rows: list[Row]) -> list[list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(f"g:{row.group}" if row.group else f"r:{row.number}", []).append(row)
    return list(groups.values())


def _line(row: Row, state: str, item: int | None = None, notes: list[str] | None = None) -> dict[str, Any]:
    return {
        "row": row.number,
        "group": row.group,
        "title": row.title[:255],
        "state": state,
        "faults": [{"column": fault.column, "message": fault.message} for fault in row.faults],
        "notes": notes or [],
        "item": item,
    }


def _run(group: list[Row], organ: Organ, actor: User, files: Files) -> dict[int, dict[str, Any]]:
    """One group in one transaction; what a fault leaves on the disk is taken away again."""
    kept: list[Any] = []
    done: dict[int, dict[str, Any]] = {}
    row = group[0]
    try:
        with transaction.atomic():
            for row in group:
                item, notes = _make(row, organ, actor, files, kept)
                done[row.number] = _line(row, IMPORTED, item.pk, notes)
    except (ValidationError, UploadRefused) as error:
        for file in kept:
            file.delete(save=False)
        messages = error.messages if isinstance(error, ValidationError) else [str(error)]
        failed = _line(row, FAULTY)
        failed["faults"] = [{"column": "", "message": message} for message in messages]
        return {other.number: _line(other, HELD_BACK) for other in group} | {row.number: failed}
    return done


def _make(row: Row, organ: Organ, actor: User, files: Files, kept: list[Any]) -> tuple[ItemPage, list[str]]:
    text = _text(row, files, kept)
    given = row.given
    attachments = [_attachment(name, files, kept) for name in row.file_names]
    item = ItemPage(
        title=row.title, live=False, owner=actor, organ=organ, source=given.get("信息来源", ""),
        author=given.get("责任编辑", ""), document_number=given.get("文号", ""), topic=given.get("主题分类", ""),
        genre=given.get("体裁分类", ""), keywords=given.get("关键词", ""), summary=given.get("内容概述", ""),
        formed_on=row.dates.get("成文日期"), legacy_url=given.get("原网址", ""),
        legacy_published_on=row.dates.get("原发布日期"), body=text.body, blocks=text.blocks, attachments=attachments,
        category=row.column.category if row.column is not None else "",
    )  # fmt: skip
    assert row.column is not None
    ColumnPage.objects.get(pk=row.column.pk).add_child(instance=item)
    item.save_revision(user=actor, clean=False)
    return item, text.notes


def _text(row: Row, files: Files, kept: list[Any]) -> Converted:
    name = row.given.get("正文文件", "")
    if not name:
        written = row.given.get("正文", "")
        return from_html(written) if "<" in written and ">" in written else from_text(written)
    content = files.read(name)
    if name.lower().endswith(".docx"):
        return from_word(content, name, lambda data, called: keep_picture(data, called, kept))
    plain = _decoded(content)
    if name.lower().endswith(".txt"):
        return from_text(plain)
    folder = PurePosixPath(name).parent

    def find(source: str) -> int | None:
        inner = str(folder / source.split("?", maxsplit=1)[0])
        return keep_picture(files.read(inner), inner, kept) if inner in files else None

    return from_html(plain, find)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def keep_picture(data: bytes, name: str, kept: list[Any]) -> int | None:
    """A picture of the text in the media library; None for what is no picture that we take."""
    file = ContentFile(data, name=PurePosixPath(name).name)
    try:
        measured(file)
    except ValidationError:
        return None
    made = Image(title=PurePosixPath(name).stem[:255], file=ImageFile(file, name=PurePosixPath(name).name))
    made.save()
    kept.append(made.file)
    return int(made.pk)


def _attachment(name: str, files: Files, kept: list[Any]) -> ItemAttachment:
    called = PurePosixPath(name.replace("\\", "/")).name
    document = Document(title=called[:255], collection=Collection.get_first_root_node())
    document.file.save(called, ContentFile(files.read(name)), save=False)
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    kept.append(document.file)
    return ItemAttachment(document=document, title=PurePosixPath(called).stem[:120])
