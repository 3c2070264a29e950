"""Lines of a score sheet.

Source: the eleven measures proposed in ``disclosure-law`` §6 (synthesis of local practice); the weights are ours and add up
to 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

WHOLE = Decimal(100)


class Mode(StrEnum):
    """Where a line's measure comes from."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its code, what it is called, how it is measured, and how much it weighs."""

    code: str
    name: str
    measure: str
    weight: Decimal
    mode: Mode
    source: str = "本单位自定"


class WeightsFaulty(ValueError):
    """The weights do not add up to 100."""

    def __init__(self, total: Decimal) -> None:
        self.total = total
        super().__init__(f"weights add up to {total}, not 100")


def check_weights(lines: Iterable[Line]) -> None:
    """Refuse a sheet that does not add up.

    Raises:
        WeightsFaulty: the weights do not add up to 100.
    """
    total = sum((line.weight for line in lines), Decimal(0))
    if total != WHOLE:
        raise WeightsFaulty(total)


def _line(code: str, name: str, measure: str, weight: int, mode: Mode, source: str = "本单位自定") -> Line:
    return Line(code, name, measure, Decimal(weight), mode, source)


_A, _M = Mode.AUTOMATIC, Mode.MANUAL
DEFAULT_LINES: tuple[Line, ...] = (
    _line("guide", "公开指南完整、及时更新", "《条例》第十二条要求的内容齐全，联系方式有效，12 个月内更新过", 5, _M, "《条例》第十二条"),
    _line("timeliness", "主动公开及时", "自形成或者变更之日起 20 个工作日内公开的信息所占比例", 15, _A, "《条例》第二十六条"),
    _line("coverage", "法定类别覆盖", "本期至少公开一条信息的适用类别所占比例", 10, _M, "《条例》第二十条、第二十一条"),
    _line("freshness", "栏目更新", "没有空白、没有超过更新时限的栏目所占比例", 10, _A, "国办秘函〔2019〕19号"),
    _line("normative", "规范性文件", "要素、有效性、下载、解读齐全的文件所占比例", 10, _M),
    _line("channels", "申请渠道畅通", "各渠道逐一测试，当面和邮寄不拒收", 5, _M),
    _line("replies", "答复及时", "按期答复的申请所占比例", 15, _A, "《条例》第三十三条"),
    _line("quality", "答复规范", "引用条款、说明理由、告知救济途径正确的答复所占比例", 10, _M, "《条例》第三十六条"),
    _line("disputes", "争议纠正率低", "复议、诉讼中没有被纠正的案件所占比例", 5, _M),
    _line("report", "年度报告", "按期发布、勾稽关系全部相符", 5, _M, "《条例》第四十九条、第五十条"),
    _line("secrecy", "发布审查留痕", "发布前有审核和保密审查记录的信息所占比例", 5, _A, "《条例》第十七条"),
    _line("rectification", "问题按期整改", "按期反馈并复查通过的整改所占比例", 5, _A),
)  # fmt: skip
