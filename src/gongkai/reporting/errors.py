"""Refusals of the reporting services.

ReportingError
├── WrongState        the act does not fit the report's state
├── SamePerson        the approver is the one who drafted or submitted
├── EditConflict      somebody else saved in between
├── NotReady          errors stand open; ``problems`` lists them
├── AlreadyExists     a report, record or import is there already
└── RefusedUpload     a file cannot be taken; ``reason`` says why
Every message is Chinese and goes to the screen as it is.
"""

from __future__ import annotations

from collections.abc import Sequence


class ReportingError(Exception):
    """Root of this package's refusals."""


class WrongState(ReportingError):
    def __init__(self, act: str, state_label: str) -> None:
        self.act, self.state_label = act, state_label
        super().__init__(f"报告现在是“{state_label}”状态，不能{act}。请刷新页面查看最新情况。")


class SamePerson(ReportingError):
    def __init__(self) -> None:
        super().__init__("审核人不能是起草或送审的本人，请由另一位公开办负责人审核。")


class EditConflict(ReportingError):
    def __init__(self, changed: Sequence[str]) -> None:
        self.changed = tuple(changed)
        super().__init__(
            f"在您编辑期间，他人已修改了{'、'.join(self.changed)}。您填写的内容仍在下面，请对照后重新保存。"
        )


class NotReady(ReportingError):
    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"还有 {len(self.problems)} 项须先处理：" + "；".join(self.problems[:3]) + "。")


class AlreadyExists(ReportingError):
    pass


class RefusedUpload(ReportingError):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
