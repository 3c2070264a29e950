"""What an act on an application may refuse, in Chinese.

InfoRequestError
├── ActRefused        a guard of the procedure does not hold
├── TakenByAnother    someone else changed the application since the page was opened
└── FilingFaulty      what was filed or typed cannot be so; ``faults`` names each field
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class InfoRequestError(Exception):
    """The message is Chinese and says what to do."""


class ActRefused(InfoRequestError):
    """A condition of the act does not hold."""


class TakenByAnother(InfoRequestError):
    """The application moved on since the person's page was made; ``changes`` says how."""

    def __init__(self, changes: Sequence[str]) -> None:
        self.changes = tuple(changes)
        what = "；".join(changes) or "申请信息有更新"
        super().__init__(f"这件申请已被他人处理：{what}。您刚才的操作没有执行，请看过最新情况再办理。")


class FilingFaulty(InfoRequestError):
    """``faults``: field name to Chinese message."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("；".join(self.faults.values()))
