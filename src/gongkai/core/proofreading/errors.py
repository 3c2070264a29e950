"""Why a text is not proofread, or an entry of a style book not taken.

::

    ValueError
    ├── NotOurs        words of the public are never proofread
    ├── TextTooLong    over what is read at once
    └── EntryFaulty    an entry of the style book, a white list or a waiver

The messages are Chinese and are shown as they are.
"""

from __future__ import annotations


class NotOurs(ValueError):
    """The text came from the public."""

    def __init__(self) -> None:
        super().__init__("这段文字来自公众，不能校对：校对只用于本机关自己发布的文稿。")


class TextTooLong(ValueError):
    """More characters than are read at once."""

    def __init__(self, characters: int, limit: int) -> None:
        self.characters = characters
        self.limit = limit
        super().__init__(f"文稿有 {characters} 字，超过一次校对的上限 {limit} 字，请拆分后再校对。")


class EntryFaulty(ValueError):
    """The entry would find everything, nothing, or contradicts its own samples."""
