"""Why a file is not proofread.

::

    ValueError
    ├── Unreadable      the file gives no text: missing, damaged, locked, too large, of another kind
    └── CannotCorrect   findings are there, but no corrected copy of this kind can be made

The messages are Chinese and open with the name of the file.
"""

from __future__ import annotations


class Unreadable(ValueError):
    """No text could be taken from the file."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}：{why}")


class CannotCorrect(ValueError):
    """No corrected copy can be written."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(f"{name}：{why}")
