"""Errors of the writers, each with a Chinese sentence for the clerk.

``WritingError`` ── ``UnknownFormat`` (no writer for a suffix), ``UnwritablePath`` (the folder refuses),
``MissingGlyph`` (no vendored font can draw a character).
"""

from __future__ import annotations

from pathlib import Path

FORMATS = ("html", "docx", "pdf", "xlsx", "json", "txt")


class WritingError(ValueError):
    """Root of the writers' errors; ``str()`` is Chinese and fit to show."""


class UnknownFormat(WritingError):
    """No writer is known for a format or a file suffix."""

    def __init__(self, fmt: str) -> None:
        self.fmt = fmt
        known = "、".join(FORMATS)
        shown = f"“{fmt}”" if fmt else "没有后缀的文件"
        super().__init__(f"不能写成{shown}，可用的格式为 {known}，请修改输出文件的后缀。")


class UnwritablePath(WritingError):
    """The file cannot be put where it was asked for."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"无法写入“{path}”：{reason}，请处理后重试或换一个位置保存。")


class MissingGlyph(WritingError):
    """A text holds a character that no vendored font can draw.

    Attributes:
        characters: each missing character once, in order of appearance.
        where: Chinese name of the place (标题, “一、总体情况”第 2 段).
    """

    def __init__(self, characters: tuple[str, ...], where: str) -> None:
        self.characters, self.where = characters, where
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in characters)
        super().__init__(f"{where}中的字符{named}在随附字体中没有字形，无法排版，请改用规范字或补充字体。")
