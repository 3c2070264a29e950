"""The tables of open data and what stands in their fields, in words for those who use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.portal.opendata import rows
from gongkai.portal.opendata.rows import Extent, Row, Source


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: its stored name, its heading, what stands in it."""

    name: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: its part of the addresses.
        page: where people read the same on the portal.
        rows: every row, in the order of ``fields``.
        extent: count and newest moment.
        mark: what changes with the rows; where it is left out the rows themselves are read for it.
    """

    name: str
    title: str
    about: str
    page: str
    fields: tuple[Field, ...]
    rows: Callable[[Source], Iterator[Row]]
    extent: Callable[[Source], Extent]
    mark: Callable[[Source], str] | None = None


def _fields(*given: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(*one) for one in given)


ITEMS = Table(
    "xinxi", "主动公开信息目录", "已发布的全部信息，一条一行，不含正文。", "/zfxxgk/fdzdgknr/",
    _fields(
        ("id", "编号", "本站编号，取全文：/api/v1/items/{编号}"),
        ("index_number", "索引号", "信息的索引号"),
        ("title", "标题", ""),
        ("column", "栏目", "所在栏目的名称"),
        ("organ", "发布机构", ""),
        ("department", "责任部门", "没有登记的为空"),
        ("document_number", "文号", "没有文号的为空"),
        ("category", "法定类别", "《条例》第二十条、第二十一条的类别"),
        ("topic", "主题分类", ""),
        ("genre", "体裁", ""),
        ("source", "信息来源", ""),
        ("formed_on", "成文日期", "年-月-日，没有登记的为空"),
        ("published_at", "发布时间", "带时区"),
        ("summary", "内容概述", ""),
        ("keywords", "关键词", ""),
        ("url", "网址", "信息页的地址"),
    ), rows.items, rows.items_extent, rows.items_mark,
)  # fmt: skip
CATALOGUE = Table(
    "mulu", "主动公开基本目录", "现行目录的全部事项，一项一行。", "/zfxxgk/mulu/",
    _fields(
        ("edition", "版次", ""),
        ("effective_from", "施行日期", "年-月-日"),
        ("position", "序号", ""),
        ("article", "条款", "《条例》的条、项"),
        ("category", "法定类别", ""),
        ("name", "公开事项", ""),
        ("content", "公开内容", ""),
        ("basis", "公开依据", ""),
        ("time_limit", "公开时限", ""),
        ("subject", "公开主体", ""),
        ("department", "责任部门", "没有登记的为空"),
        ("audience", "公开对象", ""),
        ("channels", "公开渠道", ""),
        ("url", "公开栏目网址", "没有对应栏目的为空"),
    ), rows.catalogue, rows.catalogue_extent,
)  # fmt: skip
NORMATIVE = Table(
    "guifan", "行政规范性文件及效力", "已公布的全部规范性文件和今天的效力，一件一行。", "/zfxxgk/guifan/",
    _fields(
        ("title", "标题", ""),
        ("document_number", "文号", ""),
        ("unified_number", "统一编号", "没有的为空"),
        ("organ", "制定机关", ""),
        ("published_on", "公布日期", "年-月-日"),
        ("effective_on", "施行日期", "年-月-日"),
        ("valid_to", "有效期至", "有效的最后一天；没有规定的为空"),
        ("ended_on", "不再有效之日", "不再有效的第一天；仍有效的为空"),
        ("standing", "效力", "现行有效、尚未施行、已修改、已废止、已失效、宣布失效之一"),
        ("standing_on", "效力日期", "效力是这一天的"),
        ("url", "全文网址", ""),
        ("interpretations", "解读网址", "多个的用空格隔开"),
    ), rows.documents, rows.documents_extent,
)  # fmt: skip
REPORTS = Table(
    "nianbao", "政府信息公开年报数据", "已发布的各年年度报告的三张表，一个数一行。", "/zfxxgk/nianbao/",
    _fields(
        ("organ", "机关", ""),
        ("organ_code", "机关代码", ""),
        ("year", "报告年度", ""),
        ("table", "表", "年报表格的名称"),
        ("row", "行", "年报表格里的行"),
        ("column", "列", "年报表格里的列"),
        ("value", "数值", "收费金额的单位是万元，其余是件数；报告没有填的为空，不是 0"),
        ("cell", "单元格代码", "各年相同"),
        ("published_at", "发布时间", "带时区"),
        ("url", "报告网址", ""),
    ), rows.figures, rows.figures_extent,
)  # fmt: skip
GUIDES = Table(
    "zhinan", "办事指南", "已公布的全部办事指南，一个事项一行。", "/fuwu/zhinan/",
    _fields(
        ("name", "事项名称", ""),
        ("organ", "实施机关", ""),
        ("department", "承办部门", "没有登记的为空"),
        ("audience", "服务对象", ""),
        ("basis", "设定依据", ""),
        ("conditions", "申请条件", ""),
        ("materials", "办理材料", "份数、形式在括号里，多项的用分号隔开"),
        ("place", "办理地点", ""),
        ("hours", "办理时间", ""),
        ("telephone", "联系电话", ""),
        ("process", "办理流程", "一步一行"),
        ("statutory_days", "法定时限", "工作日；没有规定的为空"),
        ("promised_days", "承诺时限", "工作日；没有承诺的为空"),
        ("fee", "收费", ""),
        ("result", "办理结果", ""),
        ("complaint_telephone", "监督电话", ""),
        ("published_at", "公布时间", "带时区"),
        ("url", "网址", "表格下载在这一页"),
    ), rows.guides, rows.guides_extent,
)  # fmt: skip
MESSAGES = Table(
    "liuyan", "公开的留言和答复", "经留言人同意公开的咨询、投诉、建议和答复，已删去个人信息，一件一行。", "/hudong/liuyan/",
    _fields(
        ("kind", "类别", "咨询、投诉、建议之一"),
        ("title", "标题", "公开的标题"),
        ("text", "留言", "公开的内容，已由工作人员删去个人信息"),
        ("received_on", "留言日期", "年-月-日"),
        ("unit", "答复单位", ""),
        ("answer", "答复", ""),
        ("answered_at", "答复时间", "带时区"),
        ("url", "网址", ""),
    ), rows.messages, rows.messages_extent,
)  # fmt: skip

TABLES = {table.name: table for table in (ITEMS, CATALOGUE, NORMATIVE, REPORTS, GUIDES, MESSAGES)}
