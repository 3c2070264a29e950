"""The office's working calendar: the notices of the package and those imported since.

Imported notices lie as files in ``<data folder>/calendars/<region>/<year>.toml``; a later one for the same
year takes the place of the shipped one.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from gongkai.core.calendars import Notice, NoticeFaulty, WorkingCalendar, parse_notice, published_notices
from gongkai.core.calendars.notices import NATIONAL

MAX_NOTICE_BYTES = 64 * 1024


def data_folder() -> Path:
    """The data folder, read without loading the web framework's settings."""
    return Path(os.environ.get("GONGKAI_DATA_DIR", "var"))


def imported_notices(region: str, folder: Path | None = None) -> list[Notice]:
    """Notices imported for a region, by year; raises NoticeFaulty when one was damaged since."""
    return [parse_notice(path.read_text(encoding="utf-8")) for path in _files(region, folder)]


def _files(region: str, folder: Path | None) -> list[Path]:
    return sorted(((folder or data_folder()) / "calendars" / region).glob("*.toml"))


def working_calendar(region: str = NATIONAL, folder: Path | None = None) -> WorkingCalendar:
    """The national calendar, with a region's local holidays laid over it.

    Raises:
        NoticeFaulty: a region other than the national one has no notice, or a file is damaged.
    """
    files = {path: path.stat() for path in (*_files(NATIONAL, folder), *_files(region, folder))}
    stamps = tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in files.items())
    return _calendar(region, folder, stamps)


@lru_cache(maxsize=32)
def _calendar(region: str, folder: Path | None, stamps: tuple[tuple[Path, int, int], ...]) -> WorkingCalendar:
    """The calendar of files as they stand: built once for each state of them, since laying out the days of
    twenty years takes longer than a page may."""
    national = [*published_notices(), *imported_notices(NATIONAL, folder)]
    regional = [] if region == NATIONAL else imported_notices(region, folder)
    if region != NATIONAL and not regional:
        raise NoticeFaulty(f"没有地区 {region} 的放假安排，请先用 gongkai calendar import 导入，或改用 CN。")
    return WorkingCalendar(national, regional)


def import_notice(path: Path, folder: Path | None = None) -> Notice:
    """Check a notice file and keep it.

    Raises:
        NoticeFaulty: the file is missing, too large, no text or faulty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoticeFaulty(f"{path}：打不开，请核对路径。") from error
    if len(content) > MAX_NOTICE_BYTES:
        raise NoticeFaulty(f"{path}：超过 {MAX_NOTICE_BYTES // 1024} KB，不是放假安排文件。")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoticeFaulty(f"{path}：不是 UTF-8 文本。") from error
    notice = parse_notice(text)
    target = (folder or data_folder()) / "calendars" / notice.region / f"{notice.year}.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(target)
    return notice
