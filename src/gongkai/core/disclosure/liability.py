"""On what an organ or its people are held to account for disclosure work (责任追究).

Source: 《政府信息公开条例》 (国务院令第711号, in force 2019-05-15), Arts. 47, 52, 53, read on one page. The forms (约谈 and the like)
are the office's own list; 约谈 stands in none of these articles.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    """An article and the default it answers."""

    code: str
    article: str
    says: str

    @property
    def label(self) -> str:
        return f"{self.article}：{self.says}"


BASES = (
    Basis("47", "《条例》第四十七条", "未按要求开展政府信息公开工作"),
    Basis("52", "《条例》第五十二条", "未建立健全政府信息公开有关制度、机制"),
    Basis("53-1", "《条例》第五十三条第一项", "不依法履行政府信息公开职能"),
    Basis("53-2", "《条例》第五十三条第二项", "不及时更新公开的政府信息内容、公开指南和公开目录"),
    Basis("53-3", "《条例》第五十三条第三项", "违反条例规定的其他情形"),
    Basis("other", "其他规定", "在事由里写明名称和条款"),
)
BY_CODE = {one.code: one for one in BASES}


@dataclass(frozen=True, slots=True)
class FormOfOutcome:
    """A form in which somebody is held to account, and where it stands."""

    name: str
    source: str


DEFAULT_FORMS = (
    FormOfOutcome("责令改正", "《条例》第五十二条、第五十三条"),
    FormOfOutcome("通报批评", "《条例》第四十七条"),
    FormOfOutcome("处分", "《条例》第五十二条、第五十三条（情节严重的）"),
    FormOfOutcome("约谈", "本单位自定，《条例》没有规定"),
)
