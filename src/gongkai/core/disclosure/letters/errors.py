"""What goes wrong with letters. Messages are Chinese."""

from __future__ import annotations

from collections.abc import Sequence


class FactsMissing(ValueError):
    """A letter lacks what the law or the form demands of it."""

    def __init__(self, title: str, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"《{title}》还缺：{'、'.join(names)}。请补齐后再制发。")


class TemplateFaulty(ValueError):
    """A template's wording cannot be used; ``faults`` says all that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("".join(faults))
