"""Reading a sheet of items from an old site: every row checked, every fault named by row and column.

Rows that carry the same value under 组 stand or fall together; a row without one stands alone. Nothing is saved here.
Bounded: a sheet of 20 MB and 20,000 rows, files of 200 MB each.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.agencies.sheets import SheetRefused, date_of, rows_of, text_of
from gongkai.core.documents.topics import topic_values
from gongkai.publishing.errors import ImportRefused
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.publishing.models.pages import GENRES
from gongkai.publishing.uploads import MAX_DOCUMENT_BYTES
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import screen_upload

MAX_SHEET_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_FILES_BYTES = 4 * 1024**3
TITLE_MAX = 255
HEADINGS = (
    *("组", "栏目", "标题", "正文", "正文文件", "成文日期", "原发布日期", "文号", "信息来源", "责任编辑"),
    *("主题分类", "体裁分类", "关键词", "内容概述", "附件", "原网址"),
)
REQUIRED = ("栏目", "标题", "信息来源")
_LIMITS = {
    "标题": TITLE_MAX,
    "文号": 60,
    "信息来源": 100,
    "责任编辑": 40,
    "关键词": 200,
    "内容概述": 300,
    "原网址": 500,
}
BODY_ENDS = (".html", ".htm", ".txt", ".docx")


class Files:
    """The files that a sheet names: a folder, a ZIP, or none; names are looked up within it and nowhere else."""

    def __init__(self, source: Path | bytes | None) -> None:
        self._folder = source if isinstance(source, Path) and source.is_dir() else None
        self._archive = _archive(source) if source is not None and self._folder is None else None
        self._names = dict(self._listed())

    def _listed(self) -> Iterator[tuple[str, Any]]:
        if self._folder is not None:
            root = self._folder.resolve()
            for path in root.rglob("*"):
                if path.is_file() and path.resolve().is_relative_to(root):
                    yield path.relative_to(root).as_posix(), path
        elif self._archive is not None:
            for info in self._archive.infolist():
                if not info.is_dir():
                    yield str(PurePosixPath(_name(info))), info

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._names

    def read(self, name: str) -> bytes:
        """The content of a file; raises UploadRefused when it is too large."""
        found = self._names[self._key(name)]
        size = found.stat().st_size if isinstance(found, Path) else found.file_size
        if size > MAX_DOCUMENT_BYTES:
            raise UploadRefused(f"{name}：文件超过 {MAX_DOCUMENT_BYTES // 1024 // 1024} MB，请压缩或拆分。")
        if isinstance(found, Path):
            return found.read_bytes()
        assert self._archive is not None
        return self._archive.read(found)

    @staticmethod
    def _key(name: str) -> str:
        return str(PurePosixPath(name.replace("\\", "/").lstrip("/")))


def _archive(source: Path | bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportRefused("附件包不是 ZIP 文件或者已损坏，请把所有附件压缩成一个 ZIP 再上传。") from error
    if sum(info.file_size for info in archive.infolist()) > MAX_FILES_BYTES:
        raise ImportRefused("附件包解压后超过 4 GB，请分批导入。")
    return archive


def _name(info: zipfile.ZipInfo) -> str:
    """Names that Chinese Windows wrote without saying so are GB 18030."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: column heading ("" for the whole row) and what to do."""

    column: str
    message: str


@dataclass(slots=True)
class Row:
    """One row as read: number in the sheet, group, plain values, and what is wrong with it."""

    number: int
    group: str
    given: dict[str, str]
    column: ColumnPage | None = None
    dates: dict[str, date] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.given.get("标题", "")

    @property
    def file_names(self) -> list[str]:
        return [
            name.strip() for name in self.given.get("附件", "").replace("；", ";").split(";") if name.strip()
        ]


def read(content: bytes, files: Files, organ: Organ) -> list[Row]:
    """Every row with its faults.

    Raises:
        ImportRefused: the sheet as a whole cannot be taken.
    """
    if len(content) > MAX_SHEET_BYTES:
        raise ImportRefused(f"表格超过 {MAX_SHEET_BYTES // 1024 // 1024} MB，请拆分后分批导入。")
    if not content.strip():
        raise ImportRefused("文件是空的，请选择填好的表格。")
    try:
        rows = list(_rows(content))
    except SheetRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    checker = _Checker(files)
    for row in rows:
        checker.check(row)
    return rows


def _rows(content: bytes) -> Iterator[Row]:
    table = rows_of(content)
    _, heading = next(table, (0, []))
    names = _headings(heading)
    count = 0
    for number, cells in table:
        given = {name: text_of(cells[at]) if at < len(cells) else "" for at, name in names.items()}
        if not any(given.values()):
            continue
        count += 1
        if count > MAX_ROWS:
            raise ImportRefused(f"超过 {MAX_ROWS} 行，请拆分后分批导入。")
        row = Row(number, given.get("组", ""), given)
        for name in ("成文日期", "原发布日期"):
            at = next((at for at, heading in names.items() if heading == name), None)
            if at is not None and at < len(cells) and given[name]:
                _take_date(row, name, cells[at])
        yield row
    if not count:
        raise ImportRefused("表头下面没有数据行，请填写后再导入。")


def _headings(heading: list[Any]) -> dict[int, str]:
    found = {at: text_of(cell).rstrip("*＊") for at, cell in enumerate(heading) if text_of(cell)}
    unknown = [name for name in found.values() if name not in HEADINGS]
    missing = [name for name in REQUIRED if name not in found.values()]
    if unknown or missing:
        parts = [f"缺少列“{'”“'.join(missing)}”"] if missing else []
        parts += [f"不认识列“{'”“'.join(unknown[:5])}”"] if unknown else []
        raise ImportRefused(f"第 1 行表头{'，'.join(parts)}。请下载导入模板，按模板填写。")
    return found


def _take_date(row: Row, name: str, raw: Any) -> None:
    try:
        day = date_of(raw)
    except ValueError as error:
        row.faults.append(Fault(name, str(error)))
        return
    if day > timezone.localdate():
        row.faults.append(Fault(name, f"{day} 还没有到，请核对。"))
    row.dates[name] = day


class _Checker:
    """What one row alone cannot know: columns, addresses imported before, repeats within the sheet."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.columns = _columns_by_path()
        self.topics = set(topic_values())
        self.known = set(
            ItemPage.objects.exclude(legacy_url="").values_list("legacy_url", flat=True).iterator()
        )
        self.seen: dict[str, int] = {}

    def check(self, row: Row) -> None:
        given, faults = row.given, row.faults
        for name in REQUIRED:
            if not given.get(name):
                faults.append(Fault(name, "不能为空，请补填。"))
        for name, limit in _LIMITS.items():
            if len(given.get(name, "")) > limit:
                faults.append(Fault(name, f"有 {len(given[name])} 个字，最多 {limit} 个，请精简。"))
        self._column(row)
        self._body(row)
        if given.get("主题分类") and given["主题分类"] not in self.topics:
            faults.append(
                Fault("主题分类", "不在 22 类主题里，一级和二级之间用“\\”，例如“综合政务\\政务公开”。")
            )
        if given.get("体裁分类") and given["体裁分类"] not in GENRES:
            faults.append(Fault("体裁分类", f"可填：{'、'.join(GENRES)}。"))
        self._address(row)
        self._files(row)
        if (
            "成文日期" in row.dates
            and "原发布日期" in row.dates
            and row.dates["原发布日期"] < row.dates["成文日期"]
        ):
            faults.append(Fault("原发布日期", "早于成文日期，请核对。"))

    def _column(self, row: Row) -> None:
        wanted = row.given.get("栏目", "").strip("/ ")
        found = self.columns.get(wanted, [])
        if len(found) == 1:
            row.column = found[0]
        elif wanted:
            why = "有几个同名的栏目，请写全路径" if found else "没有这个栏目，请先建栏目，或者核对名称"
            row.faults.append(Fault("栏目", f"“{wanted}”：{why}，例如“政府信息公开/通知公告”。"))

    def _body(self, row: Row) -> None:
        body, name = row.given.get("正文", ""), row.given.get("正文文件", "")
        if not body and not name:
            row.faults.append(Fault("正文", "正文和正文文件都是空的，请填写其中一个。"))
        elif body and name:
            row.faults.append(Fault("正文文件", "正文和正文文件只能填一个。"))
        elif name and not name.lower().endswith(BODY_ENDS):
            row.faults.append(Fault("正文文件", "正文文件应为 html、txt 或 docx。"))
        elif name and name not in self.files:
            row.faults.append(Fault("正文文件", f"附件包里没有“{name}”。"))

    def _address(self, row: Row) -> None:
        address = row.given.get("原网址", "")
        if not address:
            return
        if urlsplit(address).scheme not in {"http", "https"}:
            row.faults.append(Fault("原网址", "应以 http:// 或 https:// 开头。"))
        elif address in self.known:
            row.faults.append(Fault("原网址", "这个网址的信息已经导入过。"))
        elif address in self.seen:
            row.faults.append(Fault("原网址", f"与第 {self.seen[address]} 行重复。"))
        self.seen.setdefault(address, row.number)

    def _files(self, row: Row) -> None:
        names = row.file_names
        if len(set(names)) != len(names):
            row.faults.append(Fault("附件", "有同名的附件，请改名后重传。"))
        for name in names:
            if name not in self.files:
                row.faults.append(Fault("附件", f"附件包里没有“{name}”。"))
                continue
            try:
                screen_upload(self.files.read(name), name, limit_bytes=MAX_DOCUMENT_BYTES)
            except UploadRefused as refusal:
                row.faults.append(Fault("附件", str(refusal)))


def _columns_by_path() -> Mapping[str, list[ColumnPage]]:
    """A column by its own name, and by the names from the first level down joined by /; the same with addresses."""
    found: dict[str, list[ColumnPage]] = {}
    names: dict[str, tuple[str, str]] = {}
    for column in ColumnPage.objects.order_by("path"):
        above = names.get(column.path[: -ColumnPage.steplen], ("", ""))
        titles = f"{above[0]}/{column.title}".lstrip("/")
        slugs = f"{above[1]}/{column.slug}".lstrip("/")
        names[column.path] = (titles, slugs)
        for key in {column.title, titles, slugs}:
            found.setdefault(key, []).append(column)
    return found
