"""One error for every identifier."""

from __future__ import annotations


class IdentifierFaulty(ValueError):
    """A number that cannot be right. The message is Chinese, says where the fault is and never repeats the number.

    Attributes:
        position: the first faulty character, counted from 1 without blanks and hyphens; None when no single place
            is at fault.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        self.position = position
        super().__init__(message)
