"""Why a file cannot be read as an annual report: one exception per reason, each with one Chinese line.

::

    UnreadableReport
    ├── NotFound          the path leads nowhere, or to a folder
    ├── EmptyFile         nothing in it
    ├── WrongType         a kind of file that is not read, or another kind than its name says
    ├── Encrypted         opens only with a password
    ├── Damaged           cut off or corrupted
    ├── TooLarge          over one of the size caps (``reading.limits``), a zip bomb among them
    ├── ScannedPDF        pages are pictures, without a text layer
    ├── NotAReport        readable, but no annual report in the unified form
    ├── TwoYears          figures of two years side by side or one after the other
    └── TwoReports        more than one report in one file

The messages are read by clerks: what is wrong, where, what to do. ``name`` is the file's name as given, made
printable; it opens every message, so that a list of failures can be read without the paths beside it.
"""

from __future__ import annotations


def printable(name: str) -> str:
    """A file name that can be printed and encoded: lone surrogates and control characters are replaced."""
    encodable = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() else "�" for character in encodable)


class UnreadableReport(Exception):
    """Root of the refusals; ``str()`` is the Chinese line, ``name`` the file, ``reason`` the cause."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = printable(name)
        self.reason = reason
        super().__init__(f"{self.name}：{reason}" if self.name else reason)


class NotFound(UnreadableReport):
    """The path does not exist, is a folder, or may not be opened."""


class EmptyFile(UnreadableReport):
    """The file holds nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "文件是空的，请重新取得原件。")


class WrongType(UnreadableReport):
    """The content is of a kind that is not read, or not of the kind the name's ending promises."""


class Encrypted(UnreadableReport):
    """The file opens only with a password."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "文件已加密，请先去掉打开密码再读取。")


class Damaged(UnreadableReport):
    """The file is cut off or corrupted."""


class TooLarge(UnreadableReport):
    """A size cap is exceeded; the message names it."""


class ScannedPDF(UnreadableReport):
    """A PDF whose pages are pictures."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "PDF 没有文字层（扫描件或图片），请先做文字识别，或改用 Word、网页版本。")


class NotAReport(UnreadableReport):
    """Text was read, but it holds no annual report in the unified form."""


class TwoYears(UnreadableReport):
    """The document shows two report years."""

    def __init__(self, name: str, years: tuple[int, ...] = ()) -> None:
        self.years = years
        which = "、".join(f"{year} 年" for year in years)
        shown = f"（{which}）" if which else ""
        super().__init__(
            name, f"文件中有两个年度的数据{shown}，不是一份年度报告，请分别读取每一年的报告原件。"
        )


class TwoReports(UnreadableReport):
    """The document holds more than one report, with different figures."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "文件中有不止一份年度报告，且数据不同，请拆成一份一个文件再读取。")
