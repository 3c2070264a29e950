"""Whether a paper is to be published, decided while it is drafted (公开属性源头认定).

Source: 国办发〔2016〕80号 item 一(一) (``disclosure-law`` §8.3): the attribute is stated with the draft and goes for approval with
it; what is proposed not to be disclosed needs lawful reasons; a policy paper proposed so goes to the organ's disclosure
office first. 《政府信息公开条例》 Arts. 14 to 16 name the grounds, Art. 18 the periodic re-evaluation, whose rhythm the law
leaves open (a setting, 12 months at first, ours). In a dispute the signer decides [local practice].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Publicity(StrEnum):
    """公开属性."""

    PROACTIVE = "proactive"
    ON_APPLICATION = "on_application"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for not disclosing: as cited, what it is about, whether the law leaves the organ a choice."""

    article: str
    label: str
    is_choice: bool


GROUNDS: Mapping[str, Ground] = {
    "14-1": Ground("第十四条", "依法确定为国家秘密", False),
    "14-2": Ground("第十四条", "法律、行政法规禁止公开", False),
    "14-3": Ground("第十四条", "公开后可能危及国家安全、公共安全、经济安全、社会稳定", False),
    "15": Ground("第十五条", "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害", False),
    "16-1": Ground("第十六条第一款", "人事管理、后勤管理、内部工作流程等内部事务信息", True),
    "16-2-p": Ground("第十六条第二款", "讨论记录、过程稿、磋商信函、请示报告等过程性信息", True),
    "16-2-e": Ground("第十六条第二款", "行政执法案卷信息", True),
}


class Missing(StrEnum):
    """What a proposal lacks."""

    REASON = "reason"
    GROUND = "ground"
    SECRET_ON_THE_PLATFORM = "secret_on_the_platform"  # noqa: S105 - no password
    LEAD_ORGAN = "lead_organ"


def missing(
    publicity: Publicity, *, reason: str, ground: str, is_joint: bool = False, lead_organ: str = ""
) -> list[Missing]:
    """What has to be added before a proposal can go for approval.

    A paper that is a state secret may not even be described here (保守国家秘密法 Art. 31(三)): it is handled off the platform.

    >>> missing(Publicity.WITHHELD, reason="", ground="16-1")
    [<Missing.REASON: 'reason'>]
    """
    found = []
    if publicity is not Publicity.PROACTIVE and not reason.strip():
        found.append(Missing.REASON)
    if publicity is Publicity.WITHHELD and ground not in GROUNDS:
        found.append(Missing.GROUND)
    if ground == "14-1":
        found.append(Missing.SECRET_ON_THE_PLATFORM)
    if is_joint and not lead_organ.strip():
        found.append(Missing.LEAD_ORGAN)
    return found


def goes_to_the_office(publicity: Publicity, *, is_policy: bool) -> bool:
    """Whether the disclosure office looks at a proposal before the signer does."""
    return is_policy and publicity is Publicity.WITHHELD
