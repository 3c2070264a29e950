"""What the law orders to be published of one's own accord (主动公开的法定类别).

Source: 《政府信息公开条例》 (国务院令第711号, in force 2019-05-15), Arts. 20 and 21 (``disclosure-law`` §1.3); the fifteen
labels are printed exactly. Art. 21 adds topics by level of government; it is no list for a park's committee unless its
superior says so, so an organ chooses its level.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Level(StrEnum):
    """Whose additional topics of Art. 21 apply."""

    NONE = "none"
    CITY_OR_COUNTY = "city_or_county"
    TOWNSHIP = "township"


ARTICLE_20: Mapping[str, str] = {
    "20-1": "行政法规、规章和规范性文件",
    "20-2": "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    "20-3": "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    "20-4": "国民经济和社会发展统计信息",
    "20-5": "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
    "20-6": "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
    "20-7": "财政预算、决算信息",
    "20-8": "行政事业性收费项目及其依据、标准",
    "20-9": "政府集中采购项目的目录、标准及实施情况",
    "20-10": "重大建设项目的批准和实施情况",
    "20-11": "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    "20-12": "突发公共事件的应急预案、预警信息及应对情况",
    "20-13": "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    "20-14": "公务员招考的职位、名额、报考条件等事项以及录用结果",
    "20-15": "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
}

_CITY = ("市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助")
_TOWNSHIP = (
    *("贯彻落实农业农村政策", "农田水利工程建设运营", "农村土地承包经营权流转", "宅基地使用情况审核"),
    *("土地征收", "房屋征收", "筹资筹劳", "社会救助"),
)
ARTICLE_21: Mapping[Level, Mapping[str, str]] = {
    Level.NONE: {},
    Level.CITY_OR_COUNTY: {f"21-1-{number}": label for number, label in enumerate(_CITY, 1)},
    Level.TOWNSHIP: {f"21-2-{number}": label for number, label in enumerate(_TOWNSHIP, 1)},
}
_NUMERALS = (
    "",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)


def categories(level: Level = Level.NONE) -> Mapping[str, str]:
    """Code → label of everything that an organ of a level has to look after, in the order of the law."""
    return {**ARTICLE_20, **ARTICLE_21[level]}


def article_of(code: str) -> str:
    """Where a category stands in the law, as cited.

    >>> article_of("20-13")
    '第二十条第（十三）项'

    Raises:
        KeyError: no such category.
    """
    if code in ARTICLE_20:
        return f"第二十条第（{_NUMERALS[int(code.removeprefix('20-'))]}）项"
    if any(code in labels for labels in ARTICLE_21.values()):
        return "第二十一条"
    raise KeyError(code)


def label_of(code: str) -> str:
    """The label of a category; raises KeyError for one that is not in the law."""
    return ARTICLE_20[code] if code in ARTICLE_20 else _added()[code]


def _added() -> dict[str, str]:
    return {code: label for labels in ARTICLE_21.values() for code, label in labels.items()}
